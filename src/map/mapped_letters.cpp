#include "map/mapped_letters.h"

#include "align/reverse_complement.h"
#include "map/path.h"

namespace anneal::map {

std::string aligned_query(std::string_view read, const Mapping& mapping) {
  const auto begin = static_cast<std::size_t>(mapping.query_begin);
  const auto length = static_cast<std::size_t>(mapping.query_end - mapping.query_begin);
  const std::string_view aligned = read.substr(begin, length);
  std::string turned(aligned);
  if (mapping.reverse) align::reverse_complement(aligned, turned.data());
  return turned;
}

std::string aligned_target(const MapIndex& index, const Mapping& mapping) {
  return index.letters(mapping.target, mapping.target_begin, mapping.target_end);
}

void append_written_cigar(std::vector<CigarOp>& cigar, const Mapping& mapping, bool with_equality) {
  if (with_equality) {
    cigar.insert(cigar.end(), mapping.cigar.begin(), mapping.cigar.end());
  } else {
    append_cigar(cigar, mapping.cigar);
  }
}

std::vector<CigarOp> written_cigar(const Mapping& mapping, bool with_equality) {
  std::vector<CigarOp> cigar;
  append_written_cigar(cigar, mapping, with_equality);
  return cigar;
}

double divergence(const Mapping& mapping) {
  return 1.0 - static_cast<double>(mapping.matches) / (mapping.columns - mapping.gap_letters + mapping.gaps);
}

}  // namespace anneal::map
