// Functions of the standard library that kernels use, each against what its definition says.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>

#include "gpu.h"

namespace metal_emulator {
namespace {

using Words = std::vector<std::uint32_t>;
using Lanes = std::function<std::uint32_t(unsigned lane)>;

constexpr unsigned width = 32;

class StandardLibrary : public EmulatorTest {
 protected:
  /// What each lane of a simdgroup gets for an expression of `x`, its value, and `lane`.
  Words evaluate(const std::string& expression, const Words& values) {
    const std::string source = R"(
      #include <metal_stdlib>
      using namespace metal;
      kernel void evaluate(device const uint* in [[buffer(0)]], device uint* out [[buffer(1)]],
                           uint lane [[thread_index_in_simdgroup]]) {
        const uint x = in[lane];
        out[lane] = uint()" + expression +
                               R"();
      })";
    EXPECT_EQ(gpu_.compile(source), "") << expression;
    const BufferRef in = gpu_.buffer_of(values), out = gpu_.buffer(width * 4);
    const auto lanes = static_cast<NS::UInteger>(values.size());
    EXPECT_EQ(gpu_.run("evaluate", {{in.get(), out.get()}, {}, {lanes, 1, 1}}), "") << expression;
    Words found = contents<std::uint32_t>(out.get());
    found.resize(values.size());
    return found;
  }
  void expect(const std::string& expression, const Lanes& expected) {
    const Words found = evaluate(expression, values_);
    for (unsigned lane = 0; lane < width; ++lane)
      EXPECT_EQ(found[lane], expected(lane)) << expression << ", lane " << lane;
  }
  void expect_of_one(const std::string& expression, std::uint32_t x, std::uint32_t expected) {
    EXPECT_EQ(evaluate(expression, {x})[0], expected) << expression << " of " << x;
  }

  StandardLibrary() : values_(width) {
    for (unsigned lane = 0; lane < width; ++lane) values_[lane] = lane * 2654435761u;
  }

  Gpu gpu_;
  Words values_;
};

TEST_F(StandardLibrary, Shuffles) {
  expect("simd_shuffle(x, ushort(31 - lane))", [&](unsigned lane) { return values_[31 - lane]; });
  expect("simd_shuffle_xor(x, 5)", [&](unsigned lane) { return values_[lane ^ 5]; });
  expect("simd_shuffle_up(x, 3)", [&](unsigned lane) { return values_[lane < 3 ? lane : lane - 3]; });
  expect("simd_shuffle_down(x, 3)", [&](unsigned lane) { return values_[lane > 28 ? lane : lane + 3]; });
  expect("simd_shuffle_and_fill_up(x, 7u, 3)", [&](unsigned lane) { return lane < 3 ? 7 : values_[lane - 3]; });
  expect("simd_shuffle_and_fill_up(x, lane, 3)",
         [&](unsigned lane) { return lane < 3 ? lane + 29 : values_[lane - 3]; });
  expect("simd_shuffle_and_fill_down(x, 7u, 1)", [&](unsigned lane) { return lane == 31 ? 7 : values_[lane + 1]; });
  expect("simd_shuffle_rotate_up(x, 1)", [&](unsigned lane) { return values_[(lane + 31) % 32]; });
  expect("simd_shuffle_rotate_down(x, 1)", [&](unsigned lane) { return values_[(lane + 1) % 32]; });
  expect("simd_broadcast(x, 9)", [&](unsigned) { return values_[9]; });
  expect("simd_broadcast_first(x)", [&](unsigned) { return values_[0]; });
  expect("as_type<uint>(simd_shuffle_up(as_type<ushort2>(x), 1))",
         [&](unsigned lane) { return values_[lane == 0 ? 0 : lane - 1]; });
}

TEST_F(StandardLibrary, Reductions) {
  const std::uint32_t sum = std::accumulate(values_.begin(), values_.end(), 0u);
  expect("simd_sum(x)", [&](unsigned) { return sum; });
  expect("simd_max(x)", [&](unsigned) { return *std::max_element(values_.begin(), values_.end()); });
  expect("simd_min(int(x))", [&](unsigned) {
    return *std::min_element(values_.begin(), values_.end(), [](auto a, auto b) { return int(a) < int(b); });
  });
  expect("simd_or(x)", [&](unsigned) { return std::accumulate(values_.begin(), values_.end(), 0u, std::bit_or<>()); });
  expect("simd_and(x | 1)", [&](unsigned) { return 1u; });
  expect("simd_xor(x)",
         [&](unsigned) { return std::accumulate(values_.begin(), values_.end(), 0u, std::bit_xor<>()); });
  expect("simd_product(x | 1)", [&](unsigned) {
    return std::accumulate(values_.begin(), values_.end(), 1u, [](auto a, auto b) { return a * (b | 1); });
  });
  expect("simd_prefix_inclusive_sum(x)",
         [&](unsigned lane) { return std::accumulate(values_.begin(), values_.begin() + lane + 1, 0u); });
  expect("simd_prefix_exclusive_sum(x)",
         [&](unsigned lane) { return std::accumulate(values_.begin(), values_.begin() + lane, 0u); });
}

TEST_F(StandardLibrary, Votes) {
  expect("ulong(simd_vote::vote_t(simd_ballot(lane % 3 == 0)))", [&](unsigned) { return 0x49249249u; });
  expect("simd_any(lane == 5)", [](unsigned) { return 1u; });
  expect("simd_all(lane == 5)", [](unsigned) { return 0u; });
  expect("simd_is_first()", [](unsigned lane) { return lane == 0 ? 1u : 0u; });
}

// Of small numbers, so that sums are exact in any order.
TEST_F(StandardLibrary, MatricesOfSimdgroups) {
  const std::string source = R"(
    #include <metal_stdlib>
    using namespace metal;
    kernel void multiply(device const float* in [[buffer(0)]], device float* out [[buffer(1)]],
                         uint lane [[thread_index_in_simdgroup]]) {
      threadgroup float rows[8 * 11];
      for (uint k = lane; k < 64; k += 32) rows[k / 8 * 11 + k % 8] = in[64 + k];
      threadgroup_barrier(mem_flags::mem_threadgroup);
      simdgroup_float8x8 a, b, c = make_filled_simdgroup_matrix<float, 8>(2.0f), d;
      simdgroup_load(a, in);
      simdgroup_load(b, rows, 11, 0, true);
      simdgroup_multiply_accumulate(c, a, b, c);
      simdgroup_store(c, out);
      simdgroup_multiply(d, a, simdgroup_float8x8(3.0f));
      simdgroup_store(d, out + 64, 8, ulong2(0, 0), true);
    })";
  ASSERT_EQ(gpu_.compile(source), "");
  std::vector<float> in(128);
  for (std::size_t k = 0; k < in.size(); ++k) in[k] = static_cast<float>(k * 37 % 101);
  const BufferRef from = gpu_.buffer_of(in), to = gpu_.buffer(128 * 4);
  EXPECT_EQ(gpu_.run("multiply", {{from.get(), to.get()}, {}, {32, 1, 1}}), "");
  const auto out = contents<float>(to.get());
  for (std::size_t row = 0; row < 8; ++row) {
    for (std::size_t column = 0; column < 8; ++column) {
      float sum = 2;
      for (std::size_t k = 0; k < 8; ++k) sum += in[row * 8 + k] * in[64 + column * 8 + k];
      EXPECT_EQ(out[row * 8 + column], sum) << row << ", " << column;
      EXPECT_EQ(out[64 + column * 8 + row], 3 * in[row * 8 + column]) << row << ", " << column;
    }
  }
}

TEST_F(StandardLibrary, PartOfASimdgroup) {
  EXPECT_EQ(evaluate("simd_sum(x)", {1, 2, 3}), (Words{6, 6, 6}));
  EXPECT_EQ(evaluate("simd_shuffle_up(x, 1)", {1, 2, 3}), (Words{1, 1, 2}));
  EXPECT_EQ(evaluate("ulong(simd_vote::vote_t(simd_active_threads_mask()))", {1, 2, 3}), (Words{7, 7, 7}));
}

TEST_F(StandardLibrary, Integers) {
  expect("clz(x)",
         [&](unsigned lane) { return lane == 0 ? 32u : static_cast<unsigned>(__builtin_clz(values_[lane])); });
  expect("ctz(x)",
         [&](unsigned lane) { return lane == 0 ? 32u : static_cast<unsigned>(__builtin_ctz(values_[lane])); });
  expect("popcount(x)", [&](unsigned lane) { return static_cast<unsigned>(__builtin_popcount(values_[lane])); });
  expect("mulhi(x, 12345u)",
         [&](unsigned lane) { return static_cast<std::uint32_t>(std::uint64_t{values_[lane]} * 12345 >> 32); });
  expect("max3(int(x), 5, -7)",
         [&](unsigned lane) { return static_cast<std::uint32_t>(std::max({int(values_[lane]), 5, -7})); });
  expect("min3(x, 5u, 7u)", [&](unsigned lane) { return std::min(values_[lane], 5u); });
  expect("clamp(int(x), -100, 100)",
         [&](unsigned lane) { return static_cast<std::uint32_t>(std::clamp(int(values_[lane]), -100, 100)); });
  expect("absdiff(x, 1u << 31)", [&](unsigned lane) {
    return values_[lane] < 1u << 31 ? (1u << 31) - values_[lane] : values_[lane] - (1u << 31);
  });
  expect("rotate(x, 8u)", [&](unsigned lane) { return values_[lane] << 8 | values_[lane] >> 24; });
  expect("extract_bits(x, 4, 12)", [&](unsigned lane) { return values_[lane] >> 4 & 0xfff; });
  expect("insert_bits(x, 5u, 8, 4)", [&](unsigned lane) { return (values_[lane] & ~0xf00u) | 0x500u; });
  expect_of_one("addsat(x, 5u)", 0xfffffffe, 0xffffffff);
  expect_of_one("subsat(x, 5u)", 3, 0);
  expect_of_one("addsat(short(x), short(30000))", 30000, 32767);
  expect_of_one("subsat(short(-30000), short(x))", 30000, static_cast<std::uint32_t>(-32768));
  expect_of_one("abs(int(x))", static_cast<std::uint32_t>(-5), 5);
  expect_of_one("median3(x, 1u, 9u)", 5, 5);
  expect_of_one("select(x, 7u, true)", 5, 7);
}

TEST_F(StandardLibrary, Vectors) {
  const auto halves = [](std::uint32_t word, auto change) {
    return (change(word & 0xffff) & 0xffff) | (change(word >> 16) & 0xffff) << 16;
  };
  expect("as_type<uint>(as_type<ushort2>(x) + ushort2(40000))",
         [&](unsigned lane) { return halves(values_[lane], [](std::uint32_t half) { return half + 40000; }); });
  expect("as_type<uint>(max(as_type<ushort2>(x), ushort2(1000, 1000)))", [&](unsigned lane) {
    return halves(values_[lane], [](std::uint32_t half) { return std::max(half, 1000u); });
  });
  expect("as_type<uint>(select(ushort2(1), ushort2(2), as_type<ushort2>(x) > ushort2(1000)))", [&](unsigned lane) {
    return halves(values_[lane], [](std::uint32_t half) { return half > 1000 ? 2u : 1u; });
  });
  expect("uint4(x, 1, 2, 3).w + uint(float2(1.9f).x) + uint(all(uint2(x) == uint2(x)))", [](unsigned) { return 5u; });
}

TEST_F(StandardLibrary, Floats) {
  expect_of_one("as_type<uint>(fma(as_type<float>(x), 2.0f, 1.0f))", 0x40400000, 0x40e00000);  // 3 * 2 + 1
  expect_of_one("as_type<uint>(sqrt(as_type<float>(x)))", 0x41100000, 0x40400000);             // 9
  expect_of_one("as_type<ushort>(half(as_type<float>(x)))", 0x3f800000, 0x3c00);               // 1
  expect_of_one("floor(as_type<float>(x))", 0x40200000, 2);                                    // 2.5
  expect_of_one("rint(as_type<float>(x))", 0x40200000, 2);                                     // 2.5
  expect_of_one("fmod(as_type<float>(x), 2.0f) * 4.0f", 0x40a80000, 5);                        // 5.25
  expect_of_one("sin(as_type<float>(x)) * 1e6f", 0x3f000000, 479425);                          // 0.5
  expect_of_one("cos(as_type<float>(x)) * 1e6f", 0x3f000000, 877582);
  expect_of_one("tan(as_type<float>(x)) * 1e6f", 0x3f000000, 546302);
}

TEST_F(StandardLibrary, Atomics) {
  const std::string source = R"(
    #include <metal_stdlib>
    using namespace metal;
    kernel void all(device atomic_uint* words [[buffer(0)]], device atomic_int* numbers [[buffer(1)]],
                    uint i [[thread_position_in_grid]]) {
      atomic_fetch_add_explicit(&words[0], 2u, memory_order_relaxed);
      atomic_fetch_sub_explicit(&words[1], 1u, memory_order_relaxed);
      atomic_fetch_or_explicit(&words[2], 1u << (i % 32), memory_order_relaxed);
      atomic_fetch_and_explicit(&words[3], ~(1u << (i % 32)), memory_order_relaxed);
      atomic_fetch_xor_explicit(&words[4], i, memory_order_relaxed);
      atomic_fetch_max_explicit(&numbers[0], int(i) - 10, memory_order_relaxed);
      atomic_fetch_min_explicit(&numbers[1], 10 - int(i), memory_order_relaxed);
      uint seen = atomic_load_explicit(&words[5], memory_order_relaxed);
      while (!atomic_compare_exchange_weak_explicit(&words[5], &seen, seen + 3, memory_order_relaxed,
                                                    memory_order_relaxed)) {}
      atomic_store_explicit(&words[6], 5u, memory_order_relaxed);
    })";
  for (const bool checks : {false, true}) {
    adjust([checks](Settings& settings) { settings.checks = checks; });
    ASSERT_EQ(gpu_.compile(source), "");
    constexpr unsigned threads = 1000;
    const BufferRef words = gpu_.buffer_of(Words{0, threads, 0, ~0u, 0, 0, 0});
    const BufferRef numbers = gpu_.buffer_of(std::vector<int>{-1000, 1000});
    EXPECT_EQ(gpu_.run("all", {{words.get(), numbers.get()}, {}, {threads, 1, 1}, {64, 1, 1}}), "");
    std::uint32_t exclusive = 0;
    for (std::uint32_t k = 0; k < threads; ++k) exclusive ^= k;
    EXPECT_EQ(contents<std::uint32_t>(words.get()), (Words{2 * threads, 0, ~0u, 0, exclusive, 3 * threads, 5}));
    EXPECT_EQ(contents<int>(numbers.get()), (std::vector<int>{int(threads) - 11, 11 - int(threads)}));
  }
}

}  // namespace
}  // namespace metal_emulator
