#include "map/difference_tags.h"

#include "base/text.h"

namespace anneal::map {

std::string md_text(std::span<const CigarOp> cigar, std::string_view target) {
  std::string text;
  std::uint32_t equal = 0;
  const auto flush = [&] {
    text += std::to_string(equal);
    equal = 0;
  };
  for (const CigarOp op : cigar) {
    if (op.code() == CigarOp::insertion) continue;
    const std::string_view letters = target.substr(0, op.length());
    target.remove_prefix(op.length());
    if (op.code() == CigarOp::equal) {
      equal += op.length();
    } else if (op.code() == CigarOp::deletion) {
      flush();
      text += '^';
      text += letters;
    } else {
      for (const char letter : letters) {
        flush();
        text += letter;
      }
    }
  }
  flush();
  return text;
}

std::string cs_text(std::span<const CigarOp> cigar, std::string_view query, std::string_view target, bool is_long) {
  std::string text;
  for (const CigarOp op : cigar) {
    const auto take = [&op](std::string_view& letters) {
      const std::string_view taken = letters.substr(0, op.length());
      letters.remove_prefix(op.length());
      return taken;
    };
    if (op.code() == CigarOp::insertion) {
      text += '+' + base::to_lower(take(query));
    } else if (op.code() == CigarOp::deletion) {
      text += '-' + base::to_lower(take(target));
    } else {
      const std::string_view q = take(query), t = take(target);
      if (op.code() == CigarOp::equal) {
        text += is_long ? '=' + std::string(t) : ':' + std::to_string(op.length());
        continue;
      }
      const std::string from = base::to_lower(t), to = base::to_lower(q);
      for (std::size_t k = 0; k < from.size(); ++k) (text += '*') += {from[k], to[k]};
    }
  }
  return text;
}

}  // namespace anneal::map
