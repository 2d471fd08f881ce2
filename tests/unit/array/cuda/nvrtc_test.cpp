#include <real_nvrtc.h>

#include <gtest/gtest.h>

#include "array/gpu/dialect.h"

namespace anneal::array::cuda {
namespace {

// All other tests of this program have NVRTC compile their kernels too, before the stand-in runs them. Here is what
// makes that worth something: it refuses what is wrong, warns, and knows all that the prelude promises.
class ArrayNvrtc : public testing::Test {
 protected:
  void SetUp() override {
    if (cuda_emulator::real_nvrtc() == nullptr) GTEST_SKIP() << cuda_emulator::why_no_real_nvrtc();
  }
  static std::string complaint_of(const std::string& body) {
    const std::string text =
        "KERNEL(tried) IN(f32, from, 0), OUT(f32, to, 1), VALUE(i64, count, 2) END {\n" + body + "\n}\n";
    for (const int capability : cuda_emulator::nvrtc_capabilities) {
      const std::string complaint = cuda_emulator::complaint_of_real_nvrtc(
          std::string(gpu::prelude(gpu::Dialect::cuda)) + text, "tried", capability);
      if (!complaint.empty()) return complaint;
    }
    return "";
  }
};

TEST_F(ArrayNvrtc, TakesAllThatThePreludePromises) {
  EXPECT_EQ(complaint_of(R"(
  SHARED f32 tile[32];
  tile[LANE] = f32_of(f16_of(from[THREAD])) + f32_of(bf16_of(from[GROUP_THREADS]));
  BARRIER();
  SHARED_POINTER f32* shared = tile;
  const GLOBAL f32* there = from;
  if (count < (i64)(GROUP_Y + GROUP_Z + GROUPS_X)) return;
  const u32 bits = f32_bits(LANE_SHUFFLE_DOWN(shared[LANE], 1)) + LANE_SHUFFLE_DOWN(LANE, 2);
  const i32 place = LANE_SHUFFLE_DOWN((i32)GROUP_X, 4);
  to[place] = f32_from_bits(bits) + there[0] + (f32)(f64)(u64)(u16)(u8)(i8)count;)"),
            "");
}

TEST_F(ArrayNvrtc, NeedsNoHeadersForFunctions) {
  EXPECT_EQ(complaint_of(R"(
  const f32 x = from[THREAD];
  f32 y = exp(x) + log(x) + log1p(x) + sin(x) + cos(x) + tan(x) + tanh(x) + erf(x) + sqrt(x) + rsqrt(x) + pow(x, x);
  y += floor(x) + ceil(x) + rint(x) + fabs(x) + fmod(x, y) + fma(x, y, x) + fmin(x, y) + fmax(x, y);
  if (isnan(y) || isinf(y)) y = 0;
  f64 z = exp((f64)y) + erf((f64)x) + rint((f64)y) + fma((f64)x, (f64)y, 1.0);
  to[THREAD] = (f32)z;)"),
            "");
}

TEST_F(ArrayNvrtc, RefusesWhatIsWrongAndWarns) {
  EXPECT_NE(complaint_of("to[0] = nowhere;").find("nowhere"), std::string::npos);
  EXPECT_NE(complaint_of("to[0] == from[0];").find("no effect"), std::string::npos);
}

}  // namespace
}  // namespace anneal::array::cuda
