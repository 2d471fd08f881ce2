#include "align/gpu/two_piece_classes.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace anneal::align::gpu {
namespace {

constexpr std::int64_t unit = 16;  // bytes
/// Groups that should have room at a time before each gets as much as it could use.
constexpr std::int64_t groups_side_by_side = 128;

// Of one class are at most four times as many bytes.
std::size_t class_of(std::int64_t bytes) { return std::bit_width(static_cast<std::uint64_t>(bytes)) / 2u; }

}  // namespace

std::int64_t TwoPieceClass::bytes_per_group(std::uint64_t memory, std::int64_t groups_per_block) const {
  const auto groups = std::min(static_cast<std::int64_t>(pairs.size()), groups_side_by_side);
  const auto share = static_cast<std::int64_t>(memory) / std::max(groups, groups_per_block) / unit * unit;
  const auto most = static_cast<std::int64_t>(memory) / groups_per_block / unit * unit;
  return std::min({most_bytes, std::max(share, least_bytes), most});
}

bool TwoPieceClasses::add(std::int32_t pair, const recurrence::Antidiagonals& cells, std::uint64_t count) {
  const std::int64_t score_ints = recurrence::diagonal_score_ints(cells.diagonals());
  const bool has_own = score_ints <= most_own_ints_;
  const recurrence::TwoPiecePlan plan(cells, wants_path_, has_own);
  const std::int64_t most = plan.bytes(), least = plan.least_bytes();
  if (least > most_bytes_) return false;
  const std::size_t number = 2 * class_of(std::max(most, 4 * score_ints)) + (has_own ? 0 : 1);
  if (number >= classes_.size()) classes_.resize(number + 1);
  TwoPieceClass& found = classes_[number];
  found.pairs.push_back(pair);
  found.own_ints = has_own ? std::max(found.own_ints, score_ints) : 0;
  found.most_bytes = std::max(found.most_bytes, most);
  found.least_bytes = std::max(found.least_bytes, least);
  found.most_cells = std::max(found.most_cells, count);
  return true;
}

std::vector<TwoPieceClass> TwoPieceClasses::take() {
  std::erase_if(classes_, [](const TwoPieceClass& each) { return each.pairs.empty(); });
  std::ranges::reverse(classes_);
  return std::move(classes_);
}

}  // namespace anneal::align::gpu
