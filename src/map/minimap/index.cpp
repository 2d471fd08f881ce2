#include "map/minimap/index.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <unordered_set>
#include <utility>

#include "anneal/error.h"
#include "io/open_file.h"
#include "map/minimap/packed_codes.h"

namespace anneal::map {
namespace {

constexpr std::size_t longest_name = 254;  // as SAM has it

// Names and letters of FASTA, as minimap2 takes them.
struct Genome {
  std::vector<std::string> names, sequences;
};

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

std::vector<const char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  pointers.reserve(texts.size());
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// As many letters without an N as a minimizer has.
bool has_minimizer(const mm_idx_t& index) {
  for (std::uint32_t target = 0; target < index.n_seq; ++target) {
    const mm_idx_seq_t& sequence = index.seq[target];
    int run = 0;
    for (std::uint64_t i = sequence.offset; i < sequence.offset + sequence.len; ++i) {
      run = mm_seq4_get(index.S, i) < 4 ? run + 1 : 0;
      if (run == index.k) return true;
    }
  }
  return false;
}

// What depends on how often minimizers are there; minimap2 wants one at least.
void complete(mm_mapopt_t& options, const mm_idx_t& index) {
  mm_verbose = 0;
  if (!has_minimizer(index)) options.mid_occ = std::max(options.mid_occ, options.min_mid_occ);
  mm_mapopt_update(&options, &index);
}

}  // namespace

MapIndex own(OwnedIndex minimizers, MapPreset preset, const std::string& source) {
  auto impl = std::make_shared<MapIndex::Impl>();
  impl->preset = preset;
  impl->parameters = parameters_of(preset);
  check_minimizers(minimizers->k, minimizers->w, minimizers->flag, preset, source);
  complete(impl->parameters.mapping, *minimizers);
  impl->minimizers = std::move(minimizers);
  return MapIndex(std::move(impl));
}

void check_minimizers(int letters, int window, int flags, MapPreset preset, const std::string& source) {
  const mm_idxopt_t wanted = parameters_of(preset).index;
  if (letters == wanted.k && window == wanted.w && flags == wanted.flag) return;
  refuse(
      fmt::format("{} has minimizers of {} letters in windows of {}, and preset {} needs {} in {}; make it again by "
                  "'anneal index --map -x {}'",
                  source, letters, window, name_of(preset), wanted.k, wanted.w, name_of(preset)));
}

void copy_codes(const MapIndex::Impl& index, int target, std::int64_t begin, std::int64_t end, char* codes) {
  const std::uint64_t first = index.minimizers->seq[target].offset;
  unpack_codes(index.minimizers->S, first + static_cast<std::uint64_t>(begin), first + static_cast<std::uint64_t>(end),
               codes);
}

}  // namespace anneal::map

namespace anneal {

MapIndex MapIndex::build(const std::string& path, MapPreset preset) {
  const map::Genome genome = map::read_genome(path);
  std::vector<const char*> names = map::pointers_to(genome.names), sequences = map::pointers_to(genome.sequences);
  const mm_idxopt_t options = map::parameters_of(preset).index;
  map::OwnedIndex minimizers(mm_idx_str(options.w, options.k, options.flag & MM_I_HPC, options.bucket_bits,
                                        static_cast<int>(names.size()), sequences.data(), names.data()));
  return map::own(std::move(minimizers), preset, io::input_name(path));
}

MapPreset MapIndex::preset() const { return impl_->preset; }

int MapIndex::target_count() const { return static_cast<int>(impl_->minimizers->n_seq); }

std::string_view MapIndex::target_name(int target) const { return impl_->minimizers->seq[target].name; }

std::int64_t MapIndex::target_length(int target) const { return impl_->minimizers->seq[target].len; }

std::string MapIndex::letters(int target, std::int64_t begin, std::int64_t end) const {
  std::string letters(static_cast<std::size_t>(end - begin), '\0');
  map::copy_codes(*impl_, target, begin, end, letters.data());
  for (char& letter : letters) letter = "ACGTN"[static_cast<unsigned char>(letter)];
  return letters;
}

}  // namespace anneal
