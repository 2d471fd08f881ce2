#include "map/mapped_letters.h"

#include "align/reverse_complement.h"
#include "map/path.h"

namespace anneal::map {

std::string on_strand(std::string_view letters, bool is_reverse) {
  std::string turned(letters);
  if (is_reverse) align::reverse_complement(letters, turned.data());
  return turned;
}

std::string aligned_query(std::string_view read, const Mapping& mapping) {
  const auto begin = static_cast<std::size_t>(mapping.query_begin);
  const auto length = static_cast<std::size_t>(mapping.query_end - mapping.query_begin);
  return on_strand(read.substr(begin, length), mapping.reverse);
}

std::string aligned_target(const MapIndex& index, const Mapping& mapping) {
  return index.letters(mapping.target, mapping.target_begin, mapping.target_end);
}

std::vector<CigarOp> written_cigar(const Mapping& mapping, bool with_equality) {
  if (with_equality) return mapping.cigar;
  Path path;
  append_cigar(path, mapping.cigar);
  return path;
}

double divergence(const Mapping& mapping) {
  return 1.0 - static_cast<double>(mapping.matches) / (mapping.columns - mapping.gap_letters + mapping.gaps);
}

}  // namespace anneal::map
