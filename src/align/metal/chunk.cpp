#include "align/metal/chunk.h"

#include <algorithm>

#include "align/cpu/pack.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {
namespace {

constexpr std::uint8_t nucleotides = 4;

}  // namespace

Chunk::Chunk(const Stage& stage, std::size_t first, std::size_t last)
    : ChunkPairs(stage.run, first, last), stage_(stage), run_(stage.run),
      has_nucleotides_(run_.options().matrix.letters() == "ACGTN"), plain_(size(), 1) {}

void Chunk::lay_out() {
  gpu::MirrorLayout layout;
  for (DeviceSide& side : device_sides_) {
    side.begins = layout.add<std::int64_t>(size());
    side.lengths = layout.add<std::int32_t>(size());
  }
  centres_ = layout.add<std::int32_t>(has_centres() ? size() : 0);
  letters_ = layout.add<std::uint8_t>(4 * words());
  mirror_ = gpu::Mirror(layout, stage_.staging, stage_.memory);
}

bool Chunk::encode() {
  lay_out();
  for (std::size_t pair = 0; pair < centres_.size; ++pair) {
    mirror_.host(centres_)[pair] = run_.batch().band_centre(first() + pair);
  }
  const bool queries = encode(Side::query), targets = encode(Side::target);
  return queries && targets;
}

bool Chunk::encode(Side side) {
  const SideOfPairs& pairs = this->side(side);
  const DeviceSide& device_side = device_sides_[index_of(side)];
  std::ranges::copy(pairs.lengths, mirror_.host(device_side.lengths));
  std::ranges::copy(pairs.starts, mirror_.host(device_side.begins));
  bool all_valid = true;
  for (std::size_t n = 0, end = 0; n < pairs.texts.size(); n = end) {
    bool is_plain = false;
    const bool is_valid = encode(pairs.texts[n], mirror_.host(letters_) + pairs.starts[n], is_plain);
    if (!is_valid) run_.note_invalid(first() + n, side);
    all_valid &= is_valid;
    for (end = n + 1; end < pairs.texts.size() && cpu::are_one(pairs.texts[end], pairs.texts[n]);) ++end;
    if (side == Side::query && !is_plain) std::fill_n(&plain_[n], pairs.texts.size() == 1 ? size() : end - n, 0);
  }
  return all_valid;
}

// False where a byte is no letter. Whether all letters are nucleotides matters only where those have codes of their
// own.
bool Chunk::encode(std::string_view text, std::uint8_t* codes, bool& is_plain) const {
  is_plain = true;
  const bool is_valid = stage_.host_letters.encode != nullptr
                            ? stage_.host_letters.encode(stage_.letters, text.data(), text.size(), codes)
                            : stage_.encoder.encode(text, codes) == Encoder::all_valid;
  if (!is_valid) return false;
  std::fill(codes + text.size(), codes + 4 * words_of(text.size()), stage_.scorings.padding());
  if (has_nucleotides_)
    is_plain = std::all_of(codes, codes + text.size(), [](auto code) { return code < nucleotides; });
  return true;
}

void Chunk::upload(device::metal::Queue& queue) { mirror_.upload(queue, letters_.offset + letters_.size); }

gpu::SequenceTable Chunk::table(Side side) const {
  const DeviceSide& pairs = device_sides_[index_of(side)];
  return {.letters = mirror_.device(letters_),
          .begins = mirror_.device(pairs.begins),
          .lengths = mirror_.device(pairs.lengths)};
}

}  // namespace anneal::align::metal
