// The sequences that an index is made of.
#pragma once

#include <string>
#include <vector>

namespace anneal::map {

struct Genome {
  std::vector<std::string> names;
  std::vector<std::string> sequences;  ///< of any letters: what is no letter of DNA counts as N
};

/// Of FASTA, plain or compressed. Throws what MapIndex::build() throws for a path.
Genome read_genome(const std::string& path);

}  // namespace anneal::map
