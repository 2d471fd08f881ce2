#include "align/gpu/two_piece_classes.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace anneal::align::gpu {
namespace {

constexpr std::int64_t unit = 16;  // bytes
/// Groups that should have room at a time before each gets as much as it could use.
constexpr std::int64_t groups_side_by_side = 128;

}  // namespace

std::int64_t TwoPieceClass::bytes_per_group(std::uint64_t memory, std::int64_t groups_per_block) const {
  const auto part = [&](std::int64_t groups) {
    return static_cast<std::int64_t>(memory) / std::min(groups, static_cast<std::int64_t>(pairs.size())) / unit * unit;
  };
  const std::int64_t most = part(groups_per_block), share = part(std::max(groups_side_by_side, groups_per_block));
  return std::min({most_bytes, std::max(share, least_bytes), most});
}

bool TwoPieceClasses::add(std::int32_t pair, const recurrence::Antidiagonals& cells, std::uint64_t count) {
  const std::int64_t score_ints = recurrence::diagonal_score_ints(cells.diagonals());
  const bool has_own = score_ints <= limits_.own_ints;
  const recurrence::TwoPiecePlan plan(cells, wants_path_, has_own);
  const std::int64_t most = plan.bytes(), least = plan.least_bytes();
  if (count > limits_.cells || least > memory_ / unit * unit) return false;
  TwoPieceClass& found = least > memory_ / limits_.groups_per_block / unit * unit
                             ? alone_.emplace_back()
                             : class_of_size(std::max(most, 4 * score_ints), has_own);
  found.pairs.push_back(pair);
  found.own_ints = has_own ? std::max(found.own_ints, score_ints) : 0;
  found.most_bytes = std::max(found.most_bytes, most);
  found.least_bytes = std::max(found.least_bytes, least);
  found.most_cells = std::max(found.most_cells, count);
  return true;
}

// Of one class are at most four times as many bytes.
TwoPieceClass& TwoPieceClasses::class_of_size(std::int64_t bytes, bool has_own) {
  const std::size_t number = std::bit_width(static_cast<std::uint64_t>(bytes)) / 2u * 2 + (has_own ? 0 : 1);
  if (number >= classes_.size()) classes_.resize(number + 1);
  return classes_[number];
}

std::vector<TwoPieceClass> TwoPieceClasses::take() {
  std::erase_if(classes_, [](const TwoPieceClass& each) { return each.pairs.empty(); });
  std::ranges::move(alone_, std::back_inserter(classes_));
  std::ranges::reverse(classes_);
  return std::move(classes_);
}

}  // namespace anneal::align::gpu
