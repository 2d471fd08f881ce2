#include "io/pretty_columns.h"

#include <algorithm>

namespace anneal::io {
namespace {

char middle_of_mismatch(const SubstitutionMatrix& matrix, char query, char target) {
  if (matrix.alphabet() != Alphabet::protein) return ' ';
  const std::uint8_t q = matrix.code(static_cast<unsigned char>(query));
  const std::uint8_t t = matrix.code(static_cast<unsigned char>(target));
  const bool known = q != SubstitutionMatrix::invalid_code && t != SubstitutionMatrix::invalid_code;
  return known && matrix.score(q, t) > 0 ? '+' : ' ';
}

}  // namespace

PrettyColumns lay_out_columns(const AlignedPair& record) {
  PrettyColumns columns;
  std::string_view query = record.query.substr(static_cast<std::size_t>(record.alignment.query_begin));
  std::string_view target = record.target.substr(static_cast<std::size_t>(record.alignment.target_begin));
  for (const CigarOp op : record.cigar) {
    const std::size_t length = op.length();
    const bool deletion = op.code() == CigarOp::deletion;
    const bool insertion = op.code() == CigarOp::insertion;
    if (op.code() == CigarOp::mismatch) {
      for (std::size_t i = 0; i < length; ++i) columns.middle += middle_of_mismatch(record.matrix, query[i], target[i]);
    } else {
      columns.middle.append(length, op.code() == CigarOp::equal ? '|' : ' ');
    }
    columns.query += deletion ? std::string(length, '-') : std::string(query.substr(0, length));
    columns.target += insertion ? std::string(length, '-') : std::string(target.substr(0, length));
    if (!deletion) query.remove_prefix(length);
    if (!insertion) target.remove_prefix(length);
  }
  return columns;
}

std::int64_t count_positives(const PrettyColumns& columns) {
  return std::count_if(columns.middle.begin(), columns.middle.end(), [](char sign) { return sign != ' '; });
}

}  // namespace anneal::io
