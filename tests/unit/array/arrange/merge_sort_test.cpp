#include "array/arrange/merge_sort.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "unit/array/random_array.h"

namespace anneal::array::arrange {
namespace {

RC_GTEST_PROP(MergeSort, KeepsTheOrderOfEquals, ()) {
  test::Random random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<std::pair<int, int>> values(random.below(300));  // what they are sorted by, and where they were
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = {random.between(0, 20), static_cast<int>(k)};
  std::vector<std::pair<int, int>> expected = values;
  std::ranges::sort(expected);
  std::vector<std::pair<int, int>> scratch(values.size());
  merge_sort(values.data(), scratch.data(), values.size(),
             [](const auto& a, const auto& b) { return a.first < b.first; });
  RC_ASSERT(values == expected);
}

}  // namespace
}  // namespace anneal::array::arrange
