#include "align/cuda/chunk.h"

#include <algorithm>

#include "align/cuda/device_letters.h"
#include "align/cuda/unpack.h"
#include "align/radix_sort.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {
namespace {

constexpr std::size_t nucleotides = 4;
constexpr std::uint8_t ambiguous = 4;

std::size_t words_of(std::size_t letters) { return (letters + 3) / 4; }

// The first pair after `first` with which there would be too many letters; or `end`.
std::size_t cut_by_letters(const Batch& batch, std::size_t first, std::size_t end) {
  std::size_t letters = 0;
  for (std::size_t pair = first; pair < end; ++pair) {
    letters += batch.query(pair).size() + batch.target(pair).size();
    if (pair > first && letters > Chunk::most_letters) return pair;
  }
  return end;
}

constexpr Side both_sides[] = {Side::query, Side::target};
std::size_t index_of(Side side) { return side == Side::query ? 0 : 1; }

}  // namespace

std::vector<std::size_t> Chunk::cuts(const Batch& batch, int workers) {
  constexpr std::size_t least_pairs = 1024;
  const auto chunks = 4 * static_cast<std::size_t>(workers);
  const std::size_t pairs = std::clamp(batch.size() / chunks, least_pairs, most_pairs);
  const bool any_fit = pairs * (batch.longest_query() + batch.longest_target()) <= most_letters;
  std::vector<std::size_t> cuts{0};
  while (cuts.back() < batch.size()) {
    const std::size_t end = std::min(batch.size(), cuts.back() + pairs);
    cuts.push_back(any_fit ? end : cut_by_letters(batch, cuts.back(), end));
  }
  return cuts;
}

Chunk::Chunk(const Stage& stage, std::size_t first, std::size_t last)
    : stage_(stage), run_(stage.run), first_(first), size_(last - first),
      packs_(run_.options().matrix.letters() == "ACGTN"), plain_(size_, true) {
  run_.clear(first, last);
  for (std::size_t pair = 0; pair < size_; ++pair) {
    for (const Side side : both_sides) {
      if (!is_shared(pair, side)) words_ += words_of(run_.letters(first_ + pair, side).size());
    }
    has_centres_ |= run_.batch().band_centre(first_ + pair) != 0;
  }
  sort();
}

// Longer sequences count as of the longest length that a key holds.
void Chunk::sort() {
  constexpr int length_bits = 24, pair_bits = 16;
  constexpr std::uint64_t longest = (1u << length_bits) - 1;
  static_assert(most_pairs <= std::size_t{1} << pair_bits);
  const auto shortness = [&](std::int32_t length) { return longest - std::min<std::uint64_t>(length, longest); };
  std::vector<std::uint64_t> keys(size_);
  for (std::size_t pair = 0; pair < size_; ++pair) {
    keys[pair] = (shortness(target_length(pair)) << length_bits | shortness(query_length(pair))) << pair_bits | pair;
  }
  RadixSort().sort(keys, ~std::uint64_t{0} << pair_bits);
  by_length_.resize(size_);
  std::ranges::transform(keys, by_length_.begin(),
                         [](std::uint64_t key) { return static_cast<std::int32_t>(key & ((1u << pair_bits) - 1)); });
}

// Whether it is the one of the pair before, in the same place.
bool Chunk::is_shared(std::size_t pair, Side side) const {
  if (pair == 0) return false;
  const std::string_view text = run_.letters(first_ + pair, side), before = run_.letters(first_ + pair - 1, side);
  return text.data() == before.data() && text.size() == before.size();
}

void Chunk::lay_out() {
  MirrorLayout layout;
  for (SidePieces& side : sides_) side = {layout.add<std::int64_t>(size_), layout.add<std::int32_t>(size_)};
  centres_ = layout.add<std::int32_t>(has_centres_ ? size_ : 0);
  letters_ = layout.add<std::uint8_t>(is_there() ? 0 : is_packed() ? words_ + cpu::pack_margin : 4 * words_);
  // With more of them, two bits would save nothing.
  other_places_ = layout.add<std::uint32_t>(is_packed() ? 64 + words_ / 4 : 0);
  mirror_ = Mirror(layout, stage_.staging, stage_.memory);
  if (!is_sent_whole()) unpacked_ = stage_.memory.acquire<unsigned char>(4 * words_);
}

bool Chunk::encode() {
  lay_out();
  bool is_valid = encode_all();
  if (packs_ && too_many_others_) {
    mirror_ = {};
    unpacked_ = {};
    lay_out();
    is_valid = encode_all();
  }
  return is_valid;
}

bool Chunk::encode_all() {
  for (std::size_t pair = 0; pair < centres_.size; ++pair) {
    mirror_.host(centres_)[pair] = run_.batch().band_centre(first_ + pair);
  }
  used_ = others_ = 0;
  bool is_valid = true;
  for (std::size_t pair = 0; pair < size_; ++pair) {
    for (const Side side : both_sides) is_valid = encode(pair, side) && is_valid;
    if (packs_ && too_many_others_ && other_places_.size > 0) return is_valid;
  }
  return is_valid;
}

bool Chunk::encode(std::size_t pair, Side side) {
  const SidePieces& pieces = sides_[index_of(side)];
  std::int64_t* const begins = mirror_.host(pieces.begins);
  const std::string_view text = run_.letters(first_ + pair, side);
  mirror_.host(pieces.lengths)[pair] = static_cast<std::int32_t>(text.size());
  if (is_shared(pair, side)) {
    begins[pair] = begins[pair - 1];
    if (side == Side::query) plain_[pair] = plain_[pair - 1];
    return true;
  }
  begins[pair] = static_cast<std::int64_t>(used_);
  bool is_plain = true;
  const bool is_valid = is_there()    ? look_up(pair, side, is_plain)
                        : is_packed() ? pack(text, is_plain)
                                      : encode(text, is_plain);
  if (!is_valid) run_.note_invalid(first_ + pair, side);
  if (side == Side::query) plain_[pair] = is_plain;
  used_ += 4 * words_of(text.size());
  return is_valid;
}

// These return false where a byte is no letter, and say whether all letters are nucleotides.
bool Chunk::encode(std::string_view text, bool& is_plain) {
  std::uint8_t* const codes = mirror_.host(letters_) + used_;
  if (!encode_letters(text, codes)) return false;
  std::fill(codes + text.size(), codes + 4 * words_of(text.size()), stage_.scorings.padding());
  if (packs_) is_plain = std::all_of(codes, codes + text.size(), [](auto code) { return code < nucleotides; });
  return true;
}

bool Chunk::look_up(std::size_t pair, Side side, bool& is_plain) const {
  is_plain = !packs_ || stage_.device_letters->is_plain(run_.batch(), first_ + pair, side);
  return true;
}

bool Chunk::pack(std::string_view text, bool& is_plain) {
  is_plain = stage_.host_letters.pack(stage_.letters, text, mirror_.host(letters_) + used_ / 4);
  return is_plain || list_others(text);
}

bool Chunk::encode_letters(std::string_view text, std::uint8_t* codes) const {
  if (stage_.host_letters.encode != nullptr) {
    return stage_.host_letters.encode(stage_.letters, text.data(), text.size(), codes);
  }
  return stage_.encoder.encode(text, codes) == Encoder::all_valid;
}

// Lists the places of letters that are no nucleotides.
bool Chunk::list_others(std::string_view text) {
  codes_.resize(std::max(codes_.size(), text.size()));
  if (!encode_letters(text, codes_.data())) return false;
  std::uint32_t* const places = mirror_.host(other_places_);
  for (std::size_t k = 0; k < text.size() && !too_many_others_; ++k) {
    if (codes_[k] < nucleotides) continue;
    too_many_others_ = others_ == other_places_.size;
    if (!too_many_others_) places[others_++] = static_cast<std::uint32_t>(used_ + k);
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
  if (is_there()) return stage_.device_letters->encode(queue, first_, size_, queries, targets, words, padding);
  queue.launch(unpack_kernel, device::cuda::cover({static_cast<unsigned>(2 * size_) * unpack_lanes}, {threads}),
               {.sides = {queries, targets},
                .pairs = static_cast<std::int32_t>(size_),
                .packed = mirror_.device(letters_),
                .words = words,
                .padding = padding});
  if (others_ == 0) return;
  queue.launch(place_letters_kernel, device::cuda::cover({static_cast<unsigned>(others_)}, {threads}), unpacked_.data(),
               mirror_.device(other_places_), static_cast<unsigned>(others_), ambiguous);
}

const std::int32_t* Chunk::band_centres() const { return has_centres_ ? mirror_.device(centres_) : nullptr; }

SequenceTable Chunk::table(Side side) const {
  const SidePieces& pieces = sides_[index_of(side)];
  return {.letters = is_sent_whole() ? mirror_.device(letters_) : unpacked_.data(),
          .begins = mirror_.device(pieces.begins),
          .lengths = mirror_.device(pieces.lengths)};
}

}  // namespace anneal::align::cuda
