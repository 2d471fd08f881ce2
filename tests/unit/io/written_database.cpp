#include "unit/io/written_database.h"

#include <fmt/core.h>

#include <fstream>
#include <iterator>

#include "unit/base/temporary_folder.h"

namespace anneal::test {

std::vector<Sequence> random_sequences(Random& random, std::size_t count, std::string_view letters) {
  std::vector<Sequence> sequences(count);
  for (std::size_t i = 0; i < count; ++i) {
    sequences[i].name = random.chance(0.05) ? "" : fmt::format("sequence{}", i);
    sequences[i].comment = random.chance(0.5) ? "" : std::string(random.below(40), 'c');
    for (std::uint64_t left = random.chance(0.1) ? 0 : random.below(300); left > 0; --left) {
      sequences[i].letters += random.pick(letters);
    }
  }
  return sequences;
}

std::string written(const std::vector<Sequence>& sequences, Alphabet alphabet,
                    const io::DatabaseWriter::PartLimits& limits) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "database").string();
  io::DatabaseWriter writer(path, alphabet, limits);
  for (const Sequence& sequence : sequences) {
    writer.append({.name = sequence.name, .comment = sequence.comment, .sequence = sequence.letters, .quality = {}});
  }
  writer.commit();
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Sequence> read_all(io::DatabaseReader& reader, std::size_t max_bytes) {
  std::vector<Sequence> sequences;
  for (io::RecordBatch batch; reader.read(batch, max_bytes); batch.clear()) {
    for (const io::Record& record : batch.records()) {
      sequences.push_back({std::string(record.name), std::string(record.comment), std::string(record.sequence)});
    }
  }
  return sequences;
}

}  // namespace anneal::test
