#include "align/cuda/extend_shape.h"

#include <gtest/gtest.h>

#include <utility>

#include "align/cuda/extend_programs.h"
#include "support/test_settings.h"
#include "unit/align/recurrence/expect_extensions.h"

namespace anneal::align::cuda {
namespace {

template <const auto& shapes, std::size_t... index>
void test_shapes(Alphabet alphabet, std::index_sequence<index...>) {
  (test::expect_any_extensions<typename ExtendProgramOf<shapes[index]>::type>(
       alphabet, 40, shapes[index].in_memory() ? 300 : shapes[index].width()),
   ...);
}
template <const auto& shapes>
void test_shapes(Alphabet alphabet) {
  test_shapes<shapes>(alphabet, std::make_index_sequence<std::size(shapes)>());
}

TEST(ExtendShapes, ExtendByFewLetters) { test_shapes<extend_few_shapes>(Alphabet::dna); }

TEST(ExtendShapes, ExtendByAnyLetters) { test_shapes<extend_any_shapes>(Alphabet::protein); }

}  // namespace
}  // namespace anneal::align::cuda
