#include "unit/io/sample_pair.h"

#include <stdexcept>

namespace anneal::test {
namespace {

CigarOp::Code code_of(char letter) {
  switch (letter) {
    case '=':
      return CigarOp::equal;
    case 'X':
      return CigarOp::mismatch;
    case 'I':
      return CigarOp::insertion;
    case 'D':
      return CigarOp::deletion;
    default:
      throw std::invalid_argument(std::string("no CIGAR letter: ") + letter);
  }
}

}  // namespace

std::vector<CigarOp> parse_cigar(std::string_view text) {
  std::vector<CigarOp> cigar;
  std::uint32_t length = 0;
  for (const char byte : text) {
    if (byte >= '0' && byte <= '9') {
      length = length * 10 + static_cast<std::uint32_t>(byte - '0');
    } else {
      cigar.emplace_back(code_of(byte), length);
      length = 0;
    }
  }
  return cigar;
}

std::string format(std::string_view format_name, const SamplePair& pair, const io::WriterOptions& options) {
  std::string text;
  io::find_record_format(format_name).make(options)->append(text, pair.record());
  return text;
}

}  // namespace anneal::test
