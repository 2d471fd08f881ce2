#include "array/cpu/validated_kernels.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>

#include "array/cpu/tile_families.h"
#include "device/cpu/targets.h"

namespace anneal::array::cpu {
namespace {

const TileKernels& plain() { return *find_tile_kernels("scalar"); }

bool is_equal(const TileKernels& a, const TileKernels& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

TEST(ValidatedKernels, KeepsThoseOfAllInstructionSets) {
  for (const Backend& backend : backends()) {
    const TileKernels* kernels = backend.available ? find_tile_kernels(backend.name) : nullptr;
    if (kernels == nullptr) continue;
    const TileKernels result = validated(*kernels, plain());
    for (int kind = 0; kind < kind_count; ++kind) {
      for (int op = 0; op < op_count; ++op) {
        EXPECT_EQ(result.ops[op][kind], kernels->ops[op][kind]) << backend.name << ": op " << op << ", kind " << kind;
      }
    }
    EXPECT_TRUE(is_equal(result, *kernels)) << backend.name;
  }
}

// Kernels of the same types that are others.
TEST(ValidatedKernels, ReplacesThoseThatAreWrong) {
  constexpr auto f32 = static_cast<std::size_t>(Kind::f32);
  constexpr auto i8 = static_cast<std::size_t>(DType::i8);
  constexpr auto u8 = static_cast<std::size_t>(DType::u8);
  TileKernels wrong = plain();
  const auto add = static_cast<std::size_t>(Op::add);
  const auto less = static_cast<std::size_t>(Op::less);
  wrong.ops[add][f32] = plain().ops[static_cast<std::size_t>(Op::subtract)][f32];
  wrong.ops[less][f32] = plain().ops[static_cast<std::size_t>(Op::less_equal)][f32];
  wrong.casts[u8][i8] = [](void* to, const void*, std::size_t count) { std::memset(to, 1, count); };
  wrong.reductions[0][f32] = plain().reductions[static_cast<std::size_t>(Reduction::maximum)][f32];
  wrong.finds[0][f32] = [](const void*, std::size_t) { return std::size_t{5}; };
  EXPECT_FALSE(is_equal(wrong, plain()));
  EXPECT_TRUE(is_equal(validated(wrong, plain()), plain()));
}

}  // namespace
}  // namespace anneal::array::cpu
