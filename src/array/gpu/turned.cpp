#include "array/gpu/turned.h"

#include <fmt/core.h>

#include <cstdlib>

#include "array/gpu/op_texts.h"

namespace anneal::array::gpu {
namespace {

constexpr std::int64_t tile = 32;
// Shorter axes have neighbours in one line of the cache anyway.
constexpr std::int64_t least_size = 16;
// Of a group's memory, which Metal has 32 KiB of.
constexpr std::size_t most_bytes = 30'000;

std::int64_t tiles(std::int64_t size) { return (size + tile - 1) / tile; }

bool is_one(std::int64_t stride) { return stride == 1 || stride == -1; }

// Writes the kernel; `p0`, `p1`, ... are places along the nest's axes.
class Writer {
 public:
  Writer(const ElementwisePass& pass, const TurnedLeaves& turned, unsigned threads, Words& words)
      : pass_(pass), turned_(turned), rows_(threads / tile), words_(words), leaves_(pass.chain, words, pass.is_wide),
        inner_(pass.nest.axes.size() - 1) {}

  std::string write() {
    std::string body = memory() + leaves_.constants() + places();
    body += for_rows(inner_, turned_.axis, loads()) + "  BARRIER();\n";
    body += for_rows(
        turned_.axis, inner_,
        fmt::format("      to[{}] = {};\n", result_place(), stored(pass_.dtype, leaves_.value_of(elements()))));
    return elementwise_text(pass_, leaves_, words_, body);
  }

 private:
  const Nest::Axis& axis(std::size_t k) const { return pass_.nest.axes[k]; }

  // A column more, so that a column's elements are in different banks.
  std::string memory() const {
    std::string text;
    for (std::size_t leaf = 0; leaf < turned_.is_turned.size(); ++leaf) {
      if (!turned_.is_turned[leaf]) continue;
      text += fmt::format("  SHARED {} tile{}[{}][{}];\n", memory_type(pass_.chain.leaves[leaf]->elements.dtype), leaf,
                          tile, tile + 1);
    }
    return text;
  }

  // Where the group's tile is, which `begin<axis>` says of both axes, and the places along the others.
  std::string places() {
    std::string text = fmt::format("  const u32 lane = THREAD % {0};\n  const u32 row = THREAD / {0};\n", tile);
    std::string rest = "Index(GROUP_X)";
    const auto split = [&](std::size_t k, std::int64_t size, const std::string& target, const char* times) {
      text += fmt::format("  const Index rest{} = {};\n", k, leaves_.quotient(rest, size));
      text += fmt::format("  const Index {} = ({} - rest{} * {}){};\n", target, rest, k, leaves_.index(size), times);
      rest = fmt::format("rest{}", k);
    };
    for (const std::size_t k : {inner_, turned_.axis}) {
      split(k, tiles(axis(k).size), fmt::format("begin{}", k), " * 32");
    }
    for (std::size_t k = inner_; k-- > 0;) {
      if (k != turned_.axis) split(k, axis(k).size, fmt::format("p{}", k), "");
    }
    return text;
  }

  // `body` for all of the tile, `along` whose axis neighbouring threads have neighbouring places.
  std::string for_rows(std::size_t across, std::size_t along, const std::string& body) {
    return fmt::format(
        "#pragma unroll\n  for (u32 at = 0; at < {}; at += {}) {{\n"
        "    const Index p{} = begin{} + Index(row + at);\n    const Index p{} = begin{} + Index(lane);\n"
        "    if (p{} < {} && p{} < {}) {{\n{}    }}\n  }}\n",
        tile, rows_, across, across, along, along, across, leaves_.index(axis(across).size), along,
        leaves_.index(axis(along).size), body);
  }

  std::string element(std::size_t leaf) {
    return fmt::format("from{}[{}]", leaf,
                       leaves_.offset(pass_.nest, leaf, 1, "p", leaves_.start(pass_.nest, nullptr, leaf)));
  }

  std::string loads() {
    std::string text;
    for (std::size_t leaf = 0; leaf < turned_.is_turned.size(); ++leaf) {
      if (turned_.is_turned[leaf]) text += fmt::format("      tile{}[row + at][lane] = {};\n", leaf, element(leaf));
    }
    return text;
  }

  std::vector<std::string> elements() {
    std::vector<std::string> result;
    result.reserve(turned_.is_turned.size());
    for (std::size_t leaf = 0; leaf < turned_.is_turned.size(); ++leaf) {
      result.push_back(turned_.is_turned[leaf] ? fmt::format("tile{}[lane][row + at]", leaf) : element(leaf));
    }
    return result;
  }

  std::string result_place() {
    std::string text = fmt::format("p{}", inner_);
    std::int64_t stride = 1;
    for (std::size_t k = inner_; k-- > 0;) {
      stride *= axis(k + 1).size;
      text += fmt::format(" + p{} * {}", k, leaves_.index(stride));
    }
    return text;
  }

  const ElementwisePass& pass_;
  const TurnedLeaves& turned_;
  unsigned rows_;
  Words& words_;
  LeafTexts leaves_;
  std::size_t inner_;  // the innermost axis
};

}  // namespace

std::optional<TurnedLeaves> turned_leaves(const ElementwisePass& pass) {
  const std::size_t inner = pass.nest.axes.size() - 1;
  std::optional<TurnedLeaves> turned;
  std::size_t bytes = 0;
  for (std::size_t leaf = 0; leaf < pass.chain.leaves.size(); ++leaf) {
    const std::int64_t* const strides = pass.nest.strides_of(leaf);
    if (strides[inner] == 0 || is_one(strides[inner])) continue;
    for (std::size_t k = 0; k < inner && !turned; ++k) {
      const bool is_long = pass.nest.axes[k].size >= least_size && pass.nest.axes[inner].size >= least_size;
      if (is_one(strides[k]) && is_long) turned = {k, std::vector<bool>(pass.chain.leaves.size())};
    }
    bytes += size_of(pass.chain.leaves[leaf]->elements.dtype) * tile * (tile + 1);
    if (turned && is_one(strides[turned->axis]) && bytes <= most_bytes) turned->is_turned[leaf] = true;
  }
  return turned;
}

std::string turned_text(const ElementwisePass& pass, const TurnedLeaves& turned, unsigned threads, Words& words) {
  return Writer(pass, turned, threads, words).write();
}

std::int64_t turned_groups(const ElementwisePass& pass, const TurnedLeaves& turned) {
  std::int64_t groups = 1;
  for (std::size_t k = 0; k < pass.nest.axes.size(); ++k) {
    const bool is_cut = k == turned.axis || k + 1 == pass.nest.axes.size();
    groups *= is_cut ? tiles(pass.nest.axes[k].size) : pass.nest.axes[k].size;
  }
  return groups;
}

}  // namespace anneal::array::gpu
