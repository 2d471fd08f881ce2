#include "align/cigar_text.h"

#include <charconv>

namespace anneal::align {

void append_run(std::string& text, std::uint32_t length, char letter) {
  constexpr int most_digits = 10;
  char digits[most_digits + 1];
  char* const end = std::to_chars(digits, digits + most_digits, length).ptr;
  *end = letter;
  text.append(digits, static_cast<std::size_t>(end - digits) + 1);
}

void append_cigar(std::string& text, std::span<const CigarOp> cigar) {
  for (const CigarOp op : cigar) append_run(text, op.length(), op.letter());
}

void append_classic_cigar(std::string& text, std::span<const CigarOp> cigar) {
  std::uint32_t matched = 0;
  const auto flush = [&] {
    if (matched > 0) append_run(text, matched, 'M');
    matched = 0;
  };
  for (const CigarOp op : cigar) {
    if (op.code() != CigarOp::equal && op.code() != CigarOp::mismatch) {
      flush();
      append_run(text, op.length(), op.letter());
      continue;
    }
    if (matched > CigarOp::max_length - op.length()) flush();
    matched += op.length();
  }
  flush();
}

}  // namespace anneal::align
