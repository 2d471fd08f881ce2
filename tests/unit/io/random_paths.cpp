#include "unit/io/random_paths.h"

#include <fmt/core.h>

namespace anneal::test {

SamplePair RandomPaths::next(int number) {
  SamplePair pair;
  pair.query_name = fmt::format("q{}", number);
  pair.target_name = fmt::format("t{}", number);
  pair.target = letters(20 + below(200));
  const std::size_t begin = below(5), clip = below(4);
  pair.query = letters(clip);
  pair.cigar.clear();
  std::size_t position = begin;
  CigarOp::Code last = CigarOp::insertion;
  while (position + 12 < pair.target.size()) {
    constexpr CigarOp::Code codes[] = {CigarOp::equal, CigarOp::mismatch, CigarOp::insertion, CigarOp::deletion};
    const CigarOp op(codes[pair.cigar.empty() ? 0 : below(4)], static_cast<std::uint32_t>(1 + below(6)));
    if (op.code() == last) continue;
    last = op.code();
    take(pair, op, position);
  }
  pair.alignment = {.score = 1,
                    .query_begin = static_cast<std::int32_t>(clip),
                    .query_end = static_cast<std::int32_t>(pair.query.size()),
                    .target_begin = static_cast<std::int32_t>(begin),
                    .target_end = static_cast<std::int32_t>(position),
                    .status = Status::aligned};
  pair.query += letters(below(4));
  pair.reverse = below(2) == 1;
  if (below(2) == 1) pair.quality.assign(pair.query.size(), 'F');
  return pair;
}

std::string RandomPaths::letters(std::size_t count) {
  std::string text;
  while (text.size() < count) text += "ACGT"[below(4)];
  return text;
}

char RandomPaths::letter_but(char letter) {
  char other = letter;
  while (other == letter) other = "ACGTN"[below(5)];
  return other;
}

void RandomPaths::take(SamplePair& pair, CigarOp op, std::size_t& position) {
  pair.cigar.push_back(op);
  for (std::uint32_t i = 0; i < op.length(); ++i) {
    if (op.code() == CigarOp::insertion) {
      pair.query += letters(1);
      continue;
    }
    const char letter = pair.target[position++];
    if (op.code() == CigarOp::equal) pair.query += letter;
    if (op.code() == CigarOp::mismatch) pair.query += letter_but(letter);
  }
}

}  // namespace anneal::test
