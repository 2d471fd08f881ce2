// Kernels that are right pass in every order, checked or not; with one thing changed, each is caught.
#include "alignment.h"

namespace metal_emulator {
namespace {

constexpr unsigned pairs = 100;

enum class KernelUnderTest { in_threads, in_simdgroups, product };

Outcome run(Gpu& gpu, KernelUnderTest kernel, const std::string& source) {
  switch (kernel) {
    case KernelUnderTest::in_threads:
      return align_in_threads(gpu, source, pairs);
    case KernelUnderTest::in_simdgroups:
      return align_in_simdgroups(gpu, source, pairs);
    default:
      return multiply_matrices(gpu, source);
  }
}

std::string source_of(KernelUnderTest kernel) {
  return kernel_source(kernel == KernelUnderTest::product ? "matrix_product.metal" : "alignment.metal");
}

struct Mutant {
  const char* name;
  KernelUnderTest kernel;
  const char* found;  ///< text of the kernel, once in it
  const char* replacement;
  const char* report;  ///< part of it
};

void PrintTo(const Mutant& mutant, std::ostream* stream) { *stream << mutant.name; }

std::string mutated(const Mutant& mutant) {
  std::string source = source_of(mutant.kernel);
  const std::size_t place = source.find(mutant.found);
  EXPECT_NE(place, std::string::npos) << mutant.found;
  EXPECT_EQ(source.find(mutant.found, place + 1), std::string::npos) << mutant.found;
  return place == std::string::npos ? source
                                    : source.replace(place, std::string(mutant.found).size(), mutant.replacement);
}

constexpr auto in_threads = KernelUnderTest::in_threads;
constexpr auto in_simdgroups = KernelUnderTest::in_simdgroups;
constexpr auto product = KernelUnderTest::product;

const Mutant races[] = {
    {"NoBarrierAfterFilling", product, "    threadgroup_barrier(mem_flags::mem_threadgroup);  // filled\n", "",
     "read of uninitialised threadgroup memory"},
    {"NoBarrierAfterUse", product, "    threadgroup_barrier(mem_flags::mem_threadgroup);  // used\n", "",
     "read-after-write race on threadgroup memory"},
    {"BarrierWithoutFlags", product, "mem_flags::mem_threadgroup);  // used", "mem_flags::mem_none);",
     "write-after-read race on threadgroup memory"},
    {"BarrierWithFlagsOfDeviceMemory", product, "mem_flags::mem_threadgroup);  // used", "mem_flags::mem_device);",
     "write-after-read race on threadgroup memory"},
    {"NoBarrierBetweenStrips", in_simdgroups, "    simdgroup_barrier(mem_flags::mem_device);\n", "",
     "read-after-write race on device memory"},
    {"BarrierWithFlagsOfThreadgroupMemory", in_simdgroups, "simdgroup_barrier(mem_flags::mem_device)",
     "simdgroup_barrier(mem_flags::mem_threadgroup)", "read-after-write race on device memory"},
    {"OneBorderInsteadOfTwo", in_simdgroups, "device short2* to = from + p.max_target;", "device short2* to = from;",
     "write-after-read race on device memory"},
    {"ColumnOfAnotherThread", in_threads, "row[at] = short2(h, f);", "row[at ^ 1] = short2(h, f);",
     "write-after-write race on device memory with thread 0"},
    {"ResultsOfTwoThreadgroups", in_threads, "results[a] = int4(best, best_row",
     "results[a & 63] = int4(best, best_row",
     "write-after-write race on device memory with thread 0 of another threadgroup"},
};

const Mutant memory[] = {
    {"ReadBeyondTile", product, "right[k][in_tile.x]", "right[k + 1][in_tile.x]", "index outside an array"},
    {"ReadBeyondTileByPointer", product, "right[k][in_tile.x]", "(&right[0][0])[(k + 1) * 16 + in_tile.x]",
     "out-of-bounds read of 4 bytes"},
    {"NoGuard", in_threads, "  if (a >= p.batch) return;\n  const int query_length = query_lengths[a]",
     "  const int query_length = query_lengths[a]", "out-of-bounds read of 2 bytes near argument 'query_lengths'"},
    {"WriteBehindBuffer", in_threads, "results[a] = int4(best, best_row", "results[a + p.batch] = int4(best, best_row",
     "near argument 'results', at offset 1600 of 1600"},
    {"ReadBeforeBuffer", in_threads, "const int query_length = query_lengths[a]",
     "const int query_length = query_lengths[int(a) - 1]", "near argument 'query_lengths', at offset -2"},
    {"BordersThatNobodyWrote", in_simdgroups, "if (i0 > 0 && j < target_length)", "if (j >= 0 && j < target_length)",
     "read of private device memory that nothing has written"},
    {"IndexOutsideALocalArray", in_threads, "const short s = matrix[q * 5 + targets[at]];",
     "short scores[4] = {0, 1, 2, 3}; const short s = scores[q];", "index outside an array"},
    {"SignedOverflow", in_threads, "const int q = queries", "best = p.gap_first + INT_MAX; const int q = queries",
     "signed overflow"},
    {"ShiftByTooMuch", in_threads, "const int q = queries", "best = 1 << (p.gap_first + 30); const int q = queries",
     "shift by"},
    {"MisalignedAccess", in_threads, "const int query_length = query_lengths[a]",
     "const int query_length = *(device const ushort*)((device const uchar*)query_lengths + 2 * a + 1)", "misaligned"},
};

const Mutant control_flow[] = {
    {"ShuffleInABranch", in_simdgroups,
     "      short2 up = as_type<short2>(simd_shuffle_up(as_type<int>(short2(h, f)), 1));\n",
     "      short2 up = short2(0, no_score);\n"
     "      if (j >= 0) up = as_type<short2>(simd_shuffle_up(as_type<int>(short2(h, f)), 1));\n",
     "a simdgroup function in divergent control flow"},
    {"ShuffleFromAnInactiveLane", in_simdgroups, "const int top = simd_max(best);",
     "if (lane < 16) return; const int top = simd_shuffle_xor(best, 16);", "reads from an inactive lane"},
    {"MatrixOfSomeLanes", in_simdgroups, "const int top = simd_max(best);",
     "if (lane < 16) return; simdgroup_float8x8 zeros(0.0f); simdgroup_multiply(zeros, zeros, zeros); "
     "const int top = simd_max(best);",
     "where not all lanes are active"},
    {"BarrierInABranch", product, "    threadgroup_barrier(mem_flags::mem_threadgroup);  // filled",
     "    if (at.x < sizes.y) threadgroup_barrier(mem_flags::mem_threadgroup);\n"
     "    else threadgroup_barrier(mem_flags::mem_threadgroup);",
     "threads of a threadgroup wait at different barriers"},
    {"BarrierAfterAReturn", product, "  float sum = 0.0f;", "  if (at.x >= sizes.y) return;\n  float sum = 0.0f;",
     "a threadgroup_barrier is not reached by all threads"},
    {"TooMuchThreadgroupMemory", product, "threadgroup float left[16][16];",
     "threadgroup float more[8000]; more[in_tile.x] = 0.0f; threadgroup float left[16][16];",
     "bytes of threadgroup memory, but the device has 32768"},
};

class Mutants : public EmulatorTest, public testing::WithParamInterface<Mutant> {};

TEST_P(Mutants, AreReported) {
  adjust([](Settings& settings) { settings.checks = true; });
  Gpu gpu;
  const Outcome outcome = run(gpu, GetParam().kernel, mutated(GetParam()));
  EXPECT_NE(outcome.error.find(GetParam().report), std::string::npos) << outcome;
  EXPECT_NE(outcome.error.find("program_source:"), std::string::npos) << "no place: " << outcome;
  ASSERT_EQ(findings().size(), 1u);
  EXPECT_EQ(findings()[0], outcome.error);
}

std::string name_of(const testing::TestParamInfo<Mutant>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Races, Mutants, testing::ValuesIn(races), name_of);
INSTANTIATE_TEST_SUITE_P(Memory, Mutants, testing::ValuesIn(memory), name_of);
INSTANTIATE_TEST_SUITE_P(ControlFlow, Mutants, testing::ValuesIn(control_flow), name_of);

class Originals : public EmulatorTest, public testing::WithParamInterface<std::tuple<KernelUnderTest, Order, bool>> {};

TEST_P(Originals, AreRightInEveryOrder) {
  const auto [kernel, order, checks] = GetParam();
  Settings changed = settings();
  changed.order = order;
  changed.checks = checks;
  changed.seed = 3;
  set_settings(changed);
  Gpu gpu;
  const Outcome outcome = run(gpu, kernel, source_of(kernel));
  EXPECT_TRUE(outcome.is_right()) << outcome;
}

INSTANTIATE_TEST_SUITE_P(All, Originals,
                         testing::Combine(testing::Values(in_threads, in_simdgroups, product),
                                          testing::Values(Order::forward, Order::reverse, Order::random),
                                          testing::Bool()));

// Without checks, another order is all that shows a race.
TEST_F(EmulatorTest, OrdersShowRacesInResults) {
  const char* source = R"(
    kernel void shift(device uint* out [[buffer(0)]], uint i [[thread_index_in_threadgroup]]) {
      threadgroup uint values[64];
      values[i] = i;
      out[i] = values[(i + 63) % 64];
    })";
  const auto count_wrong = [source](Order order) {
    adjust([order](Settings& settings) { settings.order = order; });
    Gpu gpu;
    EXPECT_EQ(gpu.compile(source), "");
    const BufferRef out = gpu.buffer(64 * 4);
    EXPECT_EQ(gpu.run("shift", {{out.get()}, {}, {64, 1, 1}, {64, 1, 1}}), "");
    std::size_t wrong = 0;
    const auto found = contents<std::uint32_t>(out.get());
    for (unsigned k = 0; k < 64; ++k) wrong += found[k] != (k + 63) % 64;
    return wrong;
  };
  EXPECT_EQ(count_wrong(Order::forward), 1u);
  EXPECT_EQ(count_wrong(Order::reverse), 63u);
  const std::size_t wrong = count_wrong(Order::random);
  EXPECT_GT(wrong, 1u);
  EXPECT_LT(wrong, 63u);
}

}  // namespace
}  // namespace metal_emulator
