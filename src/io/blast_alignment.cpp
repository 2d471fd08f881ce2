#include "io/blast_alignment.h"

#include <algorithm>

#include "align/reverse_complement.h"
#include "base/text.h"
#include "io/append.h"
#include "io/cigar_stats.h"
#include "io/hit_record.h"
#include "io/pretty_columns.h"

namespace anneal::io {
namespace {

void write_as_blast(std::string& row, Alphabet alphabet) {
  for (char& letter : row) {
    letter = base::to_upper(letter);
    if (alphabet == Alphabet::dna && letter == 'U') letter = 'T';
  }
}

std::string reverse_complement_of(const std::string& row) {
  std::string other(row.size(), '\0');
  align::reverse_complement(row, other.data());
  return other;
}

std::int64_t count_gap_opens(std::span<const CigarOp> cigar) {
  std::int64_t opens = 0;
  CigarOp::Code last = CigarOp::match;
  for (const CigarOp op : cigar) {
    const bool is_gap = op.code() == CigarOp::insertion || op.code() == CigarOp::deletion;
    if (is_gap && op.code() != last) ++opens;
    last = op.code();
  }
  return opens;
}

void count_pairs(BlastAlignment& alignment, const std::string& middle) {
  for (std::size_t column = 0; column < middle.size(); ++column) {
    const bool identical = alignment.query[column] == alignment.target[column];
    alignment.identical += identical ? 1 : 0;
    alignment.positive += identical || middle[column] == '+' ? 1 : 0;
  }
}

}  // namespace

BlastAlignment lay_out_as_blast(const HitSet& set, const Hit& hit, const SubstitutionMatrix& matrix) {
  const AlignedPair record = record_of(set, hit, matrix);
  PrettyColumns columns = lay_out_columns(record);
  BlastAlignment alignment;
  alignment.query = std::move(columns.query);
  alignment.target = std::move(columns.target);
  write_as_blast(alignment.query, matrix.alphabet());
  write_as_blast(alignment.target, matrix.alphabet());
  count_pairs(alignment, columns.middle);
  const CigarStats stats = count_columns(hit.cigar);
  alignment.gaps = stats.insertions + stats.deletions;
  alignment.gap_opens = count_gap_opens(hit.cigar);
  alignment.cigar.assign(hit.cigar.begin(), hit.cigar.end());
  const Interval query = query_interval(record);
  alignment.query_start = std::int64_t{query.begin} + 1;
  alignment.query_end = query.end;
  alignment.target_start = std::int64_t{hit.alignment.target_begin} + 1;
  alignment.target_end = hit.alignment.target_end;
  if (hit.reverse) {
    alignment.query = reverse_complement_of(alignment.query);
    alignment.target = reverse_complement_of(alignment.target);
    std::reverse(alignment.cigar.begin(), alignment.cigar.end());
    std::swap(alignment.target_start, alignment.target_end);
  }
  return alignment;
}

void append_btop(std::string& text, const BlastAlignment& alignment) {
  std::uint64_t run = 0;
  for (std::size_t column = 0; column < alignment.query.size(); ++column) {
    if (alignment.query[column] == alignment.target[column]) {
      ++run;
      continue;
    }
    if (run > 0) append_number(text, run);
    run = 0;
    text += alignment.query[column];
    text += alignment.target[column];
  }
  if (run > 0) append_number(text, run);
}

}  // namespace anneal::io
