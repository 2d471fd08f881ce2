#include "align/cuda/chunk.h"

#include <algorithm>

#include "align/cuda/device_letters.h"
#include "align/cuda/unpack.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {
namespace {

constexpr std::size_t nucleotides = 4;
constexpr std::uint8_t ambiguous = 4;

constexpr Side both_sides[] = {Side::query, Side::target};

}  // namespace

Chunk::Chunk(const Stage& stage, std::size_t first, std::size_t last)
    : ChunkPairs(stage.run, first, last), stage_(stage), run_(stage.run),
      packs_(run_.options().matrix.letters() == "ACGTN"), plain_(size(), 1) {}

void Chunk::lay_out() {
  MirrorLayout layout;
  for (DeviceSide& side : device_sides_) {
    side.begins = layout.add<std::int64_t>(size());
    side.lengths = layout.add<std::int32_t>(size());
  }
  centres_ = layout.add<std::int32_t>(has_centres() ? size() : 0);
  letters_ = layout.add<std::uint8_t>(is_there() ? 0 : is_packed() ? words() + cpu::pack_margin : 4 * words());
  // With more of them, two bits would save nothing.
  other_places_ = layout.add<std::uint32_t>(is_packed() ? 64 + words() / 4 : 0);
  mirror_ = Mirror(layout, stage_.staging, stage_.memory);
  if (!is_sent_whole()) unpacked_ = stage_.memory.acquire<unsigned char>(4 * words());
}

bool Chunk::encode() {
  lay_out();
  bool is_valid = encode_all();
  if (must_start_anew()) {
    mirror_ = {};
    unpacked_ = {};
    lay_out();
    is_valid = encode_all();
  }
  return is_valid;
}

bool Chunk::encode_all() {
  for (std::size_t pair = 0; pair < centres_.size; ++pair) {
    mirror_.host(centres_)[pair] = run_.batch().band_centre(first() + pair);
  }
  others_ = 0;
  bool is_valid = true;
  for (const Side side : both_sides) {
    is_valid = encode(side) && is_valid;
    if (must_start_anew()) break;
  }
  return is_valid;
}

bool Chunk::encode(Side side) {
  const SideOfPairs& pairs = this->side(side);
  const DeviceSide& device_side = device_sides_[index_of(side)];
  std::ranges::copy(pairs.lengths, mirror_.host(device_side.lengths));
  std::ranges::copy(pairs.starts, mirror_.host(device_side.begins));
  const std::span<const std::string_view> texts = pairs.texts;
  bool all_valid = true;
  for (std::size_t n = 0, end; n < texts.size() && !must_start_anew(); n = end) {
    if (is_packed()) {
      n += stage_.host_letters.pack(stage_.letters, texts.subspan(n), &pairs.starts[n], mirror_.host(letters_));
      if (n == texts.size()) break;
    }
    bool is_plain = false;
    const bool is_valid = is_there()    ? look_up(n, side, is_plain)
                          : is_packed() ? list_others(texts[n], pairs.starts[n])
                                        : encode(texts[n], pairs.starts[n], is_plain);
    if (!is_valid) run_.note_invalid(first() + n, side);
    all_valid &= is_valid;
    for (end = n + 1; end < texts.size() && cpu::are_one(texts[end], texts[n]);) ++end;
    if (side == Side::query && !is_plain) std::fill_n(&plain_[n], texts.size() == 1 ? size() : end - n, 0);
  }
  return all_valid;
}

// These return false where a byte is no letter, and say whether all letters are nucleotides.
bool Chunk::encode(std::string_view text, std::int64_t start, bool& is_plain) {
  is_plain = true;
  std::uint8_t* const codes = mirror_.host(letters_) + start;
  if (!encode_letters(text, codes)) return false;
  std::fill(codes + text.size(), codes + 4 * words_of(text.size()), stage_.scorings.padding());
  if (packs_) is_plain = std::all_of(codes, codes + text.size(), [](auto code) { return code < nucleotides; });
  return true;
}

bool Chunk::look_up(std::size_t pair, Side side, bool& is_plain) const {
  is_plain = !packs_ || stage_.device_letters->is_plain(run_.batch(), first() + pair, side);
  return true;
}

bool Chunk::encode_letters(std::string_view text, std::uint8_t* codes) const {
  if (stage_.host_letters.encode != nullptr) {
    return stage_.host_letters.encode(stage_.letters, text.data(), text.size(), codes);
  }
  return stage_.encoder.encode(text, codes) == Encoder::all_valid;
}

// Lists the places of letters that are no nucleotides.
bool Chunk::list_others(std::string_view text, std::int64_t start) {
  codes_.resize(std::max(codes_.size(), text.size()));
  if (!encode_letters(text, codes_.data())) return false;
  std::uint32_t* const places = mirror_.host(other_places_);
  for (std::size_t k = 0; k < text.size() && !too_many_others_; ++k) {
    if (codes_[k] < nucleotides) continue;
    too_many_others_ = others_ == other_places_.size;
    if (!too_many_others_) places[others_++] = static_cast<std::uint32_t>(start + k);
  }
  return true;
}

void Chunk::upload(device::cuda::Queue& queue) {
  constexpr unsigned threads = 256;
  mirror_.upload(queue, other_places_.offset + others_ * sizeof(std::uint32_t));
  if (is_sent_whole()) return;
  auto* const words = reinterpret_cast<recurrence::Word*>(unpacked_.data());
  const SequenceTable queries = table(Side::query), targets = table(Side::target);
  const recurrence::Word padding = stage_.scorings.padding();
  if (is_there()) return stage_.device_letters->encode(queue, first(), size(), queries, targets, words, padding);
  queue.launch(unpack_kernel, device::cuda::cover({static_cast<unsigned>(2 * size()) * unpack_lanes}, {threads}),
               {.sides = {queries, targets},
                .pairs = static_cast<std::int32_t>(size()),
                .packed = mirror_.device(letters_),
                .words = words,
                .padding = padding});
  if (others_ == 0) return;
  queue.launch(place_letters_kernel, device::cuda::cover({static_cast<unsigned>(others_)}, {threads}), unpacked_.data(),
               mirror_.device(other_places_), static_cast<unsigned>(others_), ambiguous);
}

const std::int32_t* Chunk::band_centres() const { return has_centres() ? mirror_.device(centres_) : nullptr; }

SequenceTable Chunk::table(Side side) const {
  const DeviceSide& pairs = device_sides_[index_of(side)];
  return {.letters = is_sent_whole() ? mirror_.device(letters_) : unpacked_.data(),
          .begins = mirror_.device(pairs.begins),
          .lengths = mirror_.device(pairs.lengths)};
}

}  // namespace anneal::align::cuda
