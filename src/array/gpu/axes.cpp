#include "array/gpu/axes.h"

#include <fmt/core.h>

#include "array/shape.h"

namespace anneal::array::gpu {
namespace {

constexpr const char* text = R"code(
struct Axes {
  i64 sizes[AXES_CAPACITY];
  i64 first[AXES_CAPACITY];
  i64 second[AXES_CAPACITY];
};

#define LOCATE(axes, place, first_offset, second_offset)  \
  {                                                       \
    INDEX rest = place;                                   \
    for (int axis = AXES - 1; axis > 0; --axis) {         \
      const INDEX size = INDEX(axes.sizes[axis]);         \
      const i64 at = i64(rest % size);                    \
      rest /= size;                                       \
      first_offset += at * axes.first[axis];              \
      second_offset += at * axes.second[axis];            \
    }                                                     \
    first_offset += i64(rest) * axes.first[0];            \
    second_offset += i64(rest) * axes.second[0];          \
  }
)code";

}  // namespace

std::int64_t Axes::count() const { return count_of(shape); }

Axes joined(const Axes& axes) {
  Axes result;
  for (std::size_t axis = 0; axis < axes.shape.size(); ++axis) {
    const std::int64_t size = axes.shape[axis];
    if (size == 1) continue;
    const bool continues = !result.shape.empty() && result.first.back() == axes.first[axis] * size &&
                           result.second.back() == axes.second[axis] * size;
    if (continues) {
      result.shape.back() *= size;
      result.first.back() = axes.first[axis];
      result.second.back() = axes.second[axis];
      continue;
    }
    result.shape.push_back(size);
    result.first.push_back(axes.first[axis]);
    result.second.push_back(axes.second[axis]);
  }
  if (result.shape.empty()) return {{1}, {1}, {1}};
  return result;
}

std::size_t axes_capacity(const Axes& axes) {
  std::size_t capacity = 4;
  while (capacity < axes.shape.size()) capacity *= 4;
  return capacity;
}

std::string axes_text(const Axes& axes) {
  // Places that threads step to are at most twice the count.
  const bool is_small = axes.count() < std::int64_t{1} << 31;
  return fmt::format("#define AXES {}\n#define AXES_CAPACITY {}\n#define INDEX {}\n", axes.shape.size(),
                     axes_capacity(axes), is_small ? "u32" : "u64") +
         text;
}

}  // namespace anneal::array::gpu
