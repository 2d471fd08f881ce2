#include "anneal/cigar.h"

#include "align/cigar_text.h"

namespace anneal {

std::string to_string(std::span<const CigarOp> cigar) {
  if (cigar.empty()) return "*";
  std::string text;
  align::append_cigar(text, cigar);
  return text;
}

}  // namespace anneal
