#include "map/minimap/genome.h"

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <unordered_set>

#include "anneal/error.h"
#include "anneal/io/sequences.h"
#include "io/open_file.h"

namespace anneal::map {
namespace {

constexpr std::size_t longest_name = 254;  // as SAM has it

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_input, message); }

void check_name(const io::SequenceRecord& record, const std::string& source) {
  if (record.name.empty() || record.name.size() > longest_name) {
    refuse(fmt::format("{} has a sequence whose name has {} bytes; SAM allows 1 to {}", source, record.name.size(),
                       longest_name));
  }
  if (record.sequence.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    refuse(
        fmt::format("'{}' of {} has {} letters; the most are 2147483647", record.name, source, record.sequence.size()));
  }
}

}  // namespace

Genome read_genome(const std::string& path) {
  const std::string source = io::input_name(path);
  Genome genome;
  std::unordered_set<std::string> known;
  io::SequenceFile file(path);
  if (file.format() == io::SequenceFormat::fastq) {
    refuse(fmt::format("{} is FASTQ, which holds reads; give the genome as FASTA", source));
  }
  for (const io::SequenceRecord& record : file) {
    check_name(record, source);
    if (!known.emplace(record.name).second) {
      refuse(fmt::format("{} has two sequences called '{}'; names must differ", source, record.name));
    }
    genome.names.emplace_back(record.name);
    genome.sequences.emplace_back(record.sequence);
  }
  if (genome.names.empty()) refuse(fmt::format("{} holds no sequences; give FASTA", source));
  return genome;
}

}  // namespace anneal::map
