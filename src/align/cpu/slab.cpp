#include "align/cpu/slab.h"

#include <algorithm>

namespace anneal::align::cpu {
namespace {

std::string_view text_of(const Batch& batch, std::size_t pair, Side side) {
  return side == Side::query ? batch.query(pair) : batch.target(pair);
}

// Whether it is the one of the pair before, in the same place.
bool is_shared(const Batch& batch, std::size_t first, std::size_t pair, Side side) {
  if (pair == first) return false;
  const std::string_view text = text_of(batch, pair, side), before = text_of(batch, pair - 1, side);
  return text.data() == before.data() && text.size() == before.size();
}

// Letters that a pair adds to a slab which begins at `first`.
std::size_t letters_added(const Batch& batch, std::size_t first, std::size_t pair) {
  std::size_t letters = 0;
  if (!is_shared(batch, first, pair, Side::query)) letters += batch.query(pair).size();
  if (!is_shared(batch, first, pair, Side::target)) letters += batch.target(pair).size();
  return letters;
}

}  // namespace

std::vector<std::size_t> Slab::cuts(const Batch& batch, std::uint64_t memory) {
  const std::uint64_t most = std::min<std::uint64_t>(most_letters, memory);
  std::vector<std::size_t> cuts{0};
  std::size_t letters = 0;
  for (std::size_t pair = 0; pair < batch.size(); ++pair) {
    letters += letters_added(batch, cuts.back(), pair);
    if (pair > cuts.back() && (letters > most || pair - cuts.back() == most_pairs)) {
      cuts.push_back(pair);
      letters = letters_added(batch, pair, pair);
    }
  }
  if (batch.size() > 0) cuts.push_back(batch.size());
  return cuts;
}

Slab::Slab(Run& run, const Kernels& kernels, const LetterTable& letters, std::uint8_t padding, device::BufferPool& pool,
           std::size_t first, std::size_t last)
    : first_(first), last_(last), places_(2 * (last - first)) {
  std::size_t size = margin;
  for (std::size_t pair = first; pair < last; ++pair) {
    size += letters_added(run.batch(), first, pair) + 2 * margin;
  }
  codes_ = pool.acquire<std::uint8_t>(size);
  for (std::size_t pair = first; pair < last; ++pair) {
    for (const Side side : {Side::query, Side::target}) {
      const std::size_t place = 2 * (pair - first) + (side == Side::target ? 1 : 0);
      const bool shared = is_shared(run.batch(), first, pair, side);
      places_[place] = shared ? places_[place - 2] : encode(run, kernels, letters, padding, pair, side);
    }
  }
}

Slab::Place Slab::encode(Run& run, const Kernels& kernels, const LetterTable& letters, std::uint8_t padding,
                         std::size_t pair, Side side) {
  const std::string_view text = run.letters(pair, side);
  const Place place{used_, text.size()};
  if (!kernels.encode(letters, text.data(), text.size(), codes_.data() + place.first)) {
    run.note_invalid(pair, side);
    valid_ = false;
  }
  used_ += text.size() + margin;
  std::fill_n(codes_.data() + used_ - margin, margin, padding);
  return place;
}

}  // namespace anneal::align::cpu
