#include "unit/array/random_array.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include "anneal/error.h"
#include "array/element_type.h"

namespace anneal::array::test {
namespace {

template <class S>
S random_value(Random& random, Special special) {
  if constexpr (std::is_integral_v<S>) {
    return static_cast<S>(special == Special::some ? random.below(4) : random.below(~std::uint64_t{0}));
  } else {
    using T = Computed<S>;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    static const std::vector<T> specials{std::numeric_limits<T>::quiet_NaN(), infinity, -infinity, T{0}, -T{0}, T{1}};
    if (special == Special::some && random.chance(0.5)) return stored<S>(random.pick(specials));
    const auto steps = static_cast<T>(random.between(-2000, 2000));
    return stored<S>(special == Special::some ? static_cast<T>(random.between(-3, 3)) : steps / T{1000});
  }
}

template <class S>
const S& element(const Strided& a, const Shape& place) {
  return reinterpret_cast<const S*>(
      a.data)[std::inner_product(place.begin(), place.end(), a.strides.begin(), std::int64_t{0})];
}

}  // namespace

RandomArray random_array(Random& random, DType dtype, Shape shape, Special special) {
  std::vector<std::size_t> order(shape.size());
  std::iota(order.begin(), order.end(), 0);
  const bool is_row_major = random.chance(0.3);
  for (std::size_t k = order.size(); k > 1 && !is_row_major; --k) std::swap(order[k - 1], order[random.below(k)]);
  Shape strides(shape.size());
  std::int64_t extent = 1;  // in elements
  std::int64_t first = 0;
  for (std::size_t k = order.size(); k-- > 0;) {
    const std::size_t axis = order[k];
    const std::int64_t size = std::max<std::int64_t>(shape[axis], 1);
    if (!is_row_major && random.chance(0.08)) continue;  // stride 0
    if (!is_row_major && random.chance(0.2)) extent *= random.between(2, 3);
    const bool is_backwards = !is_row_major && random.chance(0.15);
    strides[axis] = is_backwards ? -extent : extent;
    if (is_backwards) first += extent * (size - 1);
    extent *= size;
  }
  RandomArray result;
  result.memory.resize(static_cast<std::size_t>(extent) * size_of(dtype));
  with_element_type(dtype, [&]<class S>(TypeTag<S>) {
    for (std::int64_t k = 0; k < extent; ++k) {
      const S value = random_value<S>(random, special);
      std::memcpy(result.memory.data() + static_cast<std::size_t>(k) * sizeof(S), &value, sizeof(S));
    }
  });
  result.view = {result.memory.data() + static_cast<std::size_t>(first) * size_of(dtype), dtype, std::move(shape),
                 std::move(strides)};
  return result;
}

Shape random_shape(Random& random, int axes, int most) {
  Shape shape(random.below(static_cast<std::uint64_t>(axes) + 1));
  for (auto& size : shape) size = random.chance(0.05) ? 0 : random.between(1, most);
  return shape;
}

void for_each_place(const Shape& shape, const std::function<void(const Shape&)>& call) {
  const std::int64_t count = count_of(shape);
  Shape place(shape.size());
  for (std::int64_t k = 0; k < count; ++k) {
    std::int64_t rest = k;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
      place[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    call(place);
  }
}

std::vector<Shape> places_of(const Shape& shape) {
  std::vector<Shape> places;
  for_each_place(shape, [&](const Shape& place) { places.push_back(place); });
  return places;
}

double number_at(const Strided& a, const Shape& place) {
  return with_element_type(a.dtype,
                           [&]<class S>(TypeTag<S>) { return static_cast<double>(computed(element<S>(a, place))); });
}

std::int64_t integer_at(const Strided& a, const Shape& place) {
  return with_element_type(
      a.dtype, [&]<class S>(TypeTag<S>) { return static_cast<std::int64_t>(computed(element<S>(a, place))); });
}

std::vector<std::byte> bytes_at(const Strided& a, const Shape& place) {
  return with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&element<S>(a, place));
    return std::vector<std::byte>(bytes, bytes + sizeof(S));
  });
}

std::int64_t wrapped(std::uint64_t value, DType dtype) {
  return with_element_type(dtype, [&]<class S>(TypeTag<S>) -> std::int64_t {
    if constexpr (std::is_integral_v<S>) return static_cast<std::int64_t>(static_cast<S>(value));
    return 0;
  });
}

double precision_of(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return 0x1p-9;
    case DType::bf16:
      return 0x1p-6;
    case DType::f32:
      return 0x1p-22;
    default:
      return 0x1p-51;
  }
}

std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace anneal::array::test
