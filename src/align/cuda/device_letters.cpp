#include "align/cuda/device_letters.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "align/encoder.h"

namespace anneal::align::cuda {
namespace {

constexpr unsigned group_threads = 256;

ByteCodes codes_of(const SubstitutionMatrix& matrix, Letters letters) {
  char bytes[256];
  std::iota(std::begin(bytes), std::end(bytes), char{0});
  ByteCodes result;
  Encoder(matrix, letters).encode({bytes, sizeof bytes}, result.codes);
  return result;
}

// Long sequences would wait for few threads, short ones need no more.
unsigned lanes_for(std::uint64_t letters, std::size_t sequences) {
  constexpr unsigned few = 8, letters_per_lane = 64;
  const std::uint64_t lanes = letters / std::max<std::size_t>(sequences, 1) / letters_per_lane;
  return lanes < few ? few : lanes < 32 ? 32 : group_threads;
}

device::cuda::LaunchShape shape_for(std::size_t sequences, unsigned lanes) {
  const std::size_t per_group = group_threads / lanes;
  return {{static_cast<unsigned>((sequences + per_group - 1) / per_group)}, {group_threads}};
}

GivenSequences sequences_from(const DeviceSequences& given, std::size_t first, bool is_one_for_all) {
  return {.letters = static_cast<const unsigned char*>(given.letters),
          .offsets = given.offsets + (is_one_for_all ? 0 : first),
          .step = is_one_for_all ? 0 : 1};
}

}  // namespace

DeviceLetters::DeviceLetters(device::cuda::Device& device, const DevicePairs& pairs, const SubstitutionMatrix& matrix)
    : queue_(device), given_(pairs), codes_(codes_of(matrix, pairs.letters)),
      sides_{read(pairs.queries, "query"), read(pairs.targets, "target")} {}

DeviceLetters::GivenSide DeviceLetters::read(const DeviceSequences& given, std::string_view name) {
  GivenSide side{.given = given, .sequences = std::vector<std::string_view>(given.size)};
  if (given.size == 0) return side;
  std::vector<std::int64_t> offsets(given.size + 1);
  queue_.copy(offsets.data(), given.offsets, offsets.size() * sizeof(std::int64_t));
  queue_.synchronize();
  const auto* const letters = static_cast<const char*>(given.letters);
  std::int64_t begin = 0;
  for (std::size_t k = 0; k < offsets.size(); ++k) {
    if (offsets[k] < begin) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{} offset {} is {}, less than {}: offsets must ascend, from 0 or more", name, k,
                              offsets[k], begin));
    }
    if (k > 0) side.sequences[k - 1] = {letters + begin, static_cast<std::size_t>(offsets[k] - begin)};
    begin = offsets[k];
  }
  side.lanes = lanes_for(static_cast<std::uint64_t>(offsets.back() - offsets.front()), given.size);
  return side;
}

PairBatch DeviceLetters::pairs() const {
  return {.queries = sides_[0].sequences,
          .targets = sides_[1].sequences,
          .band_centres = given_.band_centres,
          .h0 = given_.h0,
          .letters = given_.letters};
}

// Neighbours are copied together.
void DeviceLetters::fetch(std::span<const std::string_view> sequences, char* to) const {
  for (std::size_t first = 0; first < sequences.size();) {
    const char* const begin = sequences[first].data();
    std::size_t letters = 0;
    for (; first < sequences.size() && sequences[first].data() == begin + letters; ++first) {
      letters += sequences[first].size();
    }
    queue_.copy(to, begin, letters);
    to += letters;
  }
  queue_.synchronize();
}

void DeviceLetters::examine(device::BufferPool& memory) {
  for (const Side which : {Side::query, Side::target}) {
    GivenSide& side = sides_[index_of(which)];
    device::Buffer<unsigned>& kinds = kinds_[index_of(which)];
    const std::size_t count = side.given.size;
    if (count == 0) continue;
    kinds = memory.acquire<unsigned>(count);
    side.kinds.resize(count);
    queue_.fill(kinds.data(), 0, count * sizeof(unsigned));
    queue_.launch(examine_letters_kernel, shape_for(count, side.lanes),
                  {.sequences = sequences_from(side.given, 0, false),
                   .count = static_cast<std::int64_t>(count),
                   .lanes = side.lanes,
                   .kinds = kinds.data()},
                  codes_);
    queue_.copy(side.kinds.data(), kinds.data(), count * sizeof(unsigned));
  }
  queue_.synchronize();
  for (device::Buffer<unsigned>& kinds : kinds_) kinds.reset();
}

void DeviceLetters::note_invalid(Run& run) const {
  for (std::size_t pair = 0; pair < run.batch().size(); ++pair) {
    for (const Side side : {Side::query, Side::target}) {
      if ((kinds(run.batch(), pair, side) & has_invalid) != 0) return run.note_invalid(pair, side);
    }
  }
}

void DeviceLetters::encode(device::cuda::Queue& queue, std::size_t first, std::size_t count,
                           const SequenceTable& queries, const SequenceTable& targets, recurrence::Word* words,
                           recurrence::Word padding) const {
  const auto given_from = [&](const GivenSide& side) {
    return sequences_from(side.given, first, side.given.size == 1);
  };
  const unsigned lanes = std::max(sides_[0].lanes, sides_[1].lanes);
  queue.launch(encode_letters_kernel, shape_for(2 * count, lanes),
               {.given = {given_from(sides_[0]), given_from(sides_[1])},
                .sides = {queries, targets},
                .pairs = static_cast<std::int32_t>(count),
                .lanes = lanes,
                .words = words,
                .padding = padding},
               codes_);
}

}  // namespace anneal::align::cuda
