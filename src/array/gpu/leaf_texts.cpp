#include "array/gpu/leaf_texts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "array/dtype.h"
#include "array/gpu/division.h"
#include "array/gpu/op_texts.h"

namespace anneal::array::gpu {
namespace {

std::string constant_text(const Constant& constant, const std::string& word) {
  if (constant.dtype == DType::f64) return fmt::format("f64_from_bits({})", word);
  if (is_float(constant.dtype)) return fmt::format("f32_from_bits(u32({}))", word);
  if (constant.dtype == DType::boolean) return fmt::format("{} != 0", word);
  return fmt::format("{}({})", register_type(constant.dtype), word);
}

}  // namespace

LeafTexts::LeafTexts(const Chain& chain, Words& words, bool is_wide) : chain_(chain), words_(words), is_wide_(is_wide) {
  for (std::size_t k = 0; k < chain.constants.size(); ++k) {
    const Constant& constant = chain.constants[k];
    constants_ += fmt::format("  const {} c{} = {};\n", register_type(constant.dtype), k,
                              constant_text(constant, words.add(constant.bits)));
  }
}

std::string LeafTexts::parameters() const {
  std::string text;
  for (std::size_t leaf = 0; leaf < chain_.leaves.size(); ++leaf) {
    text += fmt::format("IN({}, from{}, {}), ", memory_type(chain_.leaves[leaf]->elements.dtype), leaf, leaf);
  }
  return text;
}

std::string LeafTexts::index(std::int64_t value) { return fmt::format("Index({})", words_.add(value)); }

std::string LeafTexts::quotient(const std::string& n, std::int64_t divisor) {
  std::string text = fmt::format("quotient({}, {}", n, words_.add(divisor));
  if (is_wide_) return text + ", 0, 0)";
  const Division division(divisor);
  text += fmt::format(", {}", words_.add(division.multiplier));
  return text + fmt::format(", {})", words_.add(division.shift));
}

std::string LeafTexts::places(const Nest& nest, int chunk, const std::string& index, const std::string& prefix) {
  std::string text;
  std::string rest = index;
  for (std::size_t k = nest.axes.size(); k-- > 1;) {
    const std::int64_t size = nest.axes[k].size / (k + 1 == nest.axes.size() ? chunk : 1);
    text += fmt::format("    const Index {0}_rest{1} = {2};\n", prefix, k, quotient(rest, size));
    text += fmt::format("    const Index {0}{1} = {2} - {0}_rest{1} * {3};\n", prefix, k, rest, this->index(size));
    rest = fmt::format("{}_rest{}", prefix, k);
  }
  return text + fmt::format("    const Index {}0 = {};\n", prefix, rest);
}

std::string LeafTexts::start(const Nest& nest, const Nest* others, std::size_t leaf) {
  const std::int64_t count = elements_in_front(nest, others, leaf);
  return count == 0 ? "" : index(count);
}

std::string LeafTexts::offset(const Nest& nest, std::size_t leaf, int chunk, const std::string& prefix,
                              const std::string& origin) {
  std::string text = origin;
  const auto add = [&](const std::string& term) { text += (text.empty() ? "" : " + ") + term; };
  for (std::size_t k = 0; k < nest.axes.size(); ++k) {
    const std::int64_t stride = nest.strides_of(leaf)[k];
    const bool is_innermost = k + 1 == nest.axes.size();
    if (is_innermost && stride == 0) continue;
    const std::string place = fmt::format("{}{}", prefix, k);
    if (is_innermost && stride == 1) {
      add(chunk == 1 ? place : fmt::format("{} * {}", place, chunk));
    } else {
      add(fmt::format("{} * {}", place, index(is_innermost ? stride * chunk : stride)));
    }
  }
  return text.empty() ? "0" : text;
}

std::string LeafTexts::step(const Nest& nest, std::size_t leaf) {
  const std::int64_t stride = nest.strides_of(leaf)[nest.axes.size() - 1];
  return stride == 1 ? "" : " * " + index(stride);
}

std::string LeafTexts::declarations(const Access& access, int count) const {
  std::string text;
  for (std::size_t leaf = 0; leaf < access.kinds.size(); ++leaf) {
    const std::string type = memory_type(chain_.leaves[leaf]->elements.dtype);
    const bool is_one = access.kinds[leaf] == Access::Kind::one;
    text += is_one ? fmt::format("  {} x{}[{}];\n", type, leaf, count)
                   : fmt::format("  Chunk<{}, {}> x{}[{}];\n", type, access.chunk, leaf, count);
  }
  return text;
}

std::string LeafTexts::load(const Access& access, std::size_t leaf, const std::string& slot, const std::string& offset,
                            const std::string& step) const {
  const std::string type = memory_type(chain_.leaves[leaf]->elements.dtype);
  switch (access.kinds[leaf]) {
    case Access::Kind::chunk:
      return fmt::format("x{0}[{1}] = *(const GLOBAL Chunk<{2}, {3}>*)(from{0} + ({4}));\n", leaf, slot, type,
                         access.chunk, offset);
    case Access::Kind::one:
      return fmt::format("x{0}[{1}] = from{0}[{2}];\n", leaf, slot, offset);
    case Access::Kind::each:
      break;
  }
  return fmt::format("for (int k = 0; k < {3}; ++k) x{0}[{1}].v[k] = from{0}[{2} + k{4}];\n", leaf, slot, offset,
                     access.chunk, step);
}

std::string LeafTexts::value(const Access& access, const std::string& slot, const std::string& k) const {
  std::vector<std::string> leaves;
  leaves.reserve(access.kinds.size());
  for (std::size_t leaf = 0; leaf < access.kinds.size(); ++leaf) {
    leaves.push_back(access.kinds[leaf] == Access::Kind::one ? fmt::format("x{}[{}]", leaf, slot)
                                                             : fmt::format("x{}[{}].v[{}]", leaf, slot, k));
  }
  return value_of(std::move(leaves));
}

std::string LeafTexts::value_at(const std::vector<std::string>& offsets) const {
  std::vector<std::string> leaves;
  leaves.reserve(offsets.size());
  for (std::size_t leaf = 0; leaf < offsets.size(); ++leaf)
    leaves.push_back(fmt::format("from{}[{}]", leaf, offsets[leaf]));
  return value_of(std::move(leaves));
}

std::string LeafTexts::value_of(std::vector<std::string> leaves) const {
  for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
    leaves[leaf] = loaded(chain_.leaves[leaf]->elements.dtype, leaves[leaf]);
  }
  for (std::size_t k = 0; k < chain_.constants.size(); ++k) leaves.push_back(fmt::format("c{}", k));
  return fmt::format("value_of({})", fmt::join(leaves, ", "));
}

}  // namespace anneal::array::gpu
