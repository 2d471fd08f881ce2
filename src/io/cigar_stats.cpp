#include "io/cigar_stats.h"

#include "base/text.h"
#include "io/append.h"

namespace anneal::io {
namespace {

char md_letter(char letter) { return letter == '*' ? 'X' : base::to_upper(letter); }

}  // namespace

CigarStats count_columns(std::span<const CigarOp> cigar) {
  CigarStats stats;
  for (const CigarOp op : cigar) {
    switch (op.code()) {
      case CigarOp::equal:
        stats.matches += op.length();
        break;
      case CigarOp::mismatch:
        stats.mismatches += op.length();
        break;
      case CigarOp::insertion:
        stats.insertions += op.length();
        break;
      case CigarOp::deletion:
        stats.deletions += op.length();
        break;
      default:
        break;
    }
  }
  return stats;
}

void append_md(std::string& text, std::span<const CigarOp> cigar, std::string_view target) {
  std::uint64_t matched = 0;
  std::size_t position = 0;
  for (const CigarOp op : cigar) {
    if (op.code() == CigarOp::insertion) continue;
    const std::string_view letters = target.substr(position, op.length());
    position += op.length();
    if (op.code() == CigarOp::equal) {
      matched += op.length();
      continue;
    }
    if (op.code() == CigarOp::deletion) {
      append_number(text, matched);
      matched = 0;
      text += '^';
      for (const char letter : letters) text += md_letter(letter);
      continue;
    }
    for (const char letter : letters) {
      append_number(text, matched);
      matched = 0;
      text += md_letter(letter);
    }
  }
  append_number(text, matched);
}

}  // namespace anneal::io
