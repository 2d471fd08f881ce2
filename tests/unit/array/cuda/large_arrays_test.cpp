// Arrays of more than 2^32 elements, each of which is known: a pattern that is repeated, and marks behind it.
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

#include "anneal/array_ops.h"
#include "array/backends.h"
#include "array/gpu/backend.h"
#include "unit/array/gpu/array_gpu_test.h"

namespace anneal::array::gpu {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using Bytes = std::vector<std::uint8_t>;

constexpr std::int64_t columns = 1 << 16, rows = columns + 1, count = rows * columns;
static_assert(count > std::int64_t{1} << 32);

class ArrayCudaLarge : public ArrayGpuTest {
 protected:
  void SetUp() override {
    ArrayGpuTest::SetUp();
    if (IsSkipped()) return;
    constexpr std::uint64_t most_arrays = 7;  // at once, of a byte for each element
    if (is_fake()) GTEST_SKIP() << "a stand-in takes too long for " << count << " elements";
    if (gpu().memory_budget() < most_arrays * count) {
      GTEST_SKIP() << gpu().memory_budget() << " bytes of memory are too few: " << most_arrays * count << " are needed";
    }
    backend_ = gpu::make_backend(open());
    use_.emplace(*backend_);
    for (std::size_t k = 0; k < pattern_.size(); ++k) pattern_[k] = static_cast<std::uint8_t>(k * 7919 % 251);
    const Array row = Array::from<std::uint8_t>(pattern_, {1, columns});
    table_ = copied(row.broadcast_to({rows, columns}));
    all_ = table_.reshape({count});
  }
  void TearDown() override {
    for (Array* const array : {&table_, &all_}) *array = Array();
    use_.reset();
    backend_.reset();
    ArrayGpuTest::TearDown();
  }

  static Array copied(const Array& a) { return maximum(a, Array(0)).evaluate(); }
  std::uint8_t at(std::int64_t place) const { return pattern_[static_cast<std::size_t>(place % columns)]; }
  std::int64_t pattern_sum() const { return std::accumulate(pattern_.begin(), pattern_.end(), std::int64_t{0}); }
  static Bytes last(const Array& a, std::int64_t elements) {
    return a.slice({{Slice{.first = -elements}}}).to_vector<std::uint8_t>();
  }
  // function(element) of the last ones.
  template <class Function>
  Bytes last_expected(std::int64_t elements, const Function& function) const {
    Bytes bytes;
    for (std::int64_t k = count - elements; k < count; ++k) bytes.push_back(static_cast<std::uint8_t>(function(at(k))));
    return bytes;
  }

  Bytes pattern_ = Bytes(columns);
  Array table_, all_;

 private:
  std::unique_ptr<Backend> backend_;
  std::optional<UseBackend> use_;
};
INSTANTIATE_TEST_SUITE_P(On, ArrayCudaLarge, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(ArrayCudaLarge, AreComputedToTheirEnd) {
  const Array doubled = (all_ + all_).evaluate();
  EXPECT_THAT(last(doubled, 1000), ElementsAreArray(last_expected(1000, [](int x) { return x + x; })));
  const Array chosen = where(less(all_, Array(100)), all_, Array(7)).evaluate();
  EXPECT_THAT(last(chosen, 1000), ElementsAreArray(last_expected(1000, [](int x) { return x < 100 ? x : 7; })));
  const Array wider = cast(all_, DType::f16).evaluate();
  EXPECT_THAT(last(cast(wider.slice({{Slice{.first = -1000}}}), DType::u8), 1000),
              ElementsAreArray(last_expected(1000, [](int x) { return x; })));
}

TEST_P(ArrayCudaLarge, AreReduced) {
  EXPECT_EQ(sum(all_).to_vector<std::int64_t>()[0], rows * pattern_sum());
  EXPECT_EQ(sum(cast(all_, DType::f32)).item(), static_cast<double>(static_cast<float>(rows * pattern_sum())));
  EXPECT_EQ(max(all_).item(), *std::ranges::max_element(pattern_));
  EXPECT_EQ(mean(all_).item(), static_cast<double>(pattern_sum()) / columns);
  const auto of_columns = sum(table_, {.axes = {0}}).to_vector<std::int64_t>();
  const auto of_rows = sum(table_, {.axes = {1}}).to_vector<std::int64_t>();
  for (std::int64_t k = 0; k < columns; ++k) ASSERT_EQ(of_columns[static_cast<std::size_t>(k)], rows * at(k)) << k;
  EXPECT_THAT(of_rows, testing::Each(pattern_sum()));
}

TEST_P(ArrayCudaLarge, HavePlacesBehindTheRangeOf32Bits) {
  const Array parts[] = {all_, Array::from<std::uint8_t>(Bytes{252, 255, 255, 0}, {4})};
  const Array marked = concatenate(parts, 0);
  EXPECT_THAT(argmax(marked).to_vector<std::int64_t>(), ElementsAre(count + 1));
  EXPECT_THAT(argmax(marked, 0).to_vector<std::int64_t>(), ElementsAre(count + 1));
  EXPECT_THAT(argmin(absolute(cast(marked, DType::i32) - Array(252))).to_vector<std::int64_t>(), ElementsAre(count));
  EXPECT_THAT(last(marked, 6), ElementsAre(at(count - 2), at(count - 1), 252, 255, 255, 0));
  const std::vector<std::int64_t> places = {count + 3, count, -4, 0, columns * 3 + 5, count - 1};
  const Array found = gather(marked, Array::from<std::int64_t>(places, {6}), 0);
  EXPECT_THAT(found.to_vector<std::uint8_t>(), ElementsAre(0, 252, 252, at(0), at(5), at(count - 1)));
  const auto error =
      error_of<Error>([&] { gather(marked, Array::from<std::int64_t>(std::vector<std::int64_t>{count + 4}, {1}), 0); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
}

TEST_P(ArrayCudaLarge, AreViewedAndCopied) {
  const Array backwards = copied(all_.slice({{Slice{.first = {}, .last = {}, .step = -1}}}));
  const Bytes first = backwards.slice({{Slice{.last = 1000}}}).to_vector<std::uint8_t>();
  EXPECT_THAT(Bytes(first.rbegin(), first.rend()), ElementsAreArray(last_expected(1000, [](int x) { return x; })));
  const Array swapped = copied(table_.transpose());
  const Bytes corner = swapped.slice({{Slice{.first = -3}, Slice{.first = -2}}}).to_vector<std::uint8_t>();
  EXPECT_THAT(corner, ElementsAre(at(columns - 3), at(columns - 3), at(columns - 2), at(columns - 2), at(columns - 1),
                                  at(columns - 1)));
  EXPECT_EQ(sum(swapped).to_vector<std::int64_t>()[0], rows * pattern_sum());
}

}  // namespace
}  // namespace anneal::array::gpu
