// Prepared databases for tests, and what is read from them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/database_reader.h"
#include "io/database_writer.h"
#include "support/random.h"

namespace anneal::test {

struct Sequence {
  std::string name;
  std::string comment;
  std::string letters;

  friend bool operator==(const Sequence&, const Sequence&) = default;
};

/// Of random lengths, some of them empty, from these letters.
std::vector<Sequence> random_sequences(Random& random, std::size_t count, std::string_view letters);

/// The bytes of the file.
std::string written(const std::vector<Sequence>& sequences, Alphabet alphabet,
                    const io::DatabaseWriter::PartLimits& limits = io::DatabaseWriter::PartLimits());

/// All that is left, in batches of `max_bytes`.
std::vector<Sequence> read_all(io::DatabaseReader& reader, std::size_t max_bytes = 1 << 20);

}  // namespace anneal::test
