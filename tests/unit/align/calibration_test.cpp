#include "align/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/random.h"

namespace anneal::align {
namespace {

constexpr int length = 100;

// overhead + time of as many rounds as it takes, of `width` pairs at a time.
struct Processor {
  double overhead;
  double seconds_per_pair;
  double seconds_per_cell;
  double width;

  double seconds(double pairs, double cells) const {
    return overhead + std::max(pairs / width, 1.0) * (seconds_per_pair + cells * seconds_per_cell);
  }
};

TimeBatch with_noise(const Processor& processor, test::Random& random, double noise) {
  return [&random, processor, noise](std::size_t pairs, int side) {
    const double factor = 1 + noise * (random.between(-1000, 1000) / 1000.0);
    return factor * processor.seconds(static_cast<double>(pairs), static_cast<double>(side) * side);
  };
}

Processor random_cpu(test::Random& random) {
  const int threads = 1 << random.between(0, 6);
  return {.overhead = random.between(1, 50) * 1e-6,
          .seconds_per_pair = random.between(10, 300) * 1e-9,
          .seconds_per_cell = random.between(10, 100) * 1e-11,
          .width = static_cast<double>(threads)};
}

Processor random_gpu(test::Random& random) {
  const double width = 1 << random.between(4, 12);
  return {.overhead = random.between(50, 3000) * 1e-6,
          .seconds_per_pair = width * random.between(1, 100) * 1e-9,
          .seconds_per_cell = random.between(2, 40) * 1e-10,
          .width = width};
}

// What is picked by the measured times is hardly slower than the better of the two.
TEST(Calibrate, PicksTheFasterOrOneThatIsHardlySlower) {
  test::Random random(3);
  for (int round = 0; round < 200; ++round) {
    const Processor cpu = random_cpu(random), gpu = random_gpu(random);
    const Calibration found = calibrate(length, with_noise(cpu, random, 0.03), with_noise(gpu, random, 0.03));
    ASSERT_TRUE(found.cpu.is_valid() && found.gpu.is_valid());
    for (double pairs = 1; pairs < 2e6; pairs = std::ceil(pairs * 1.3)) {
      for (const double cells : {0.3, 1.0, 3.0}) {
        const double area = cells * length * length;
        const bool picks_gpu = found.gpu.seconds(pairs, cells) < found.cpu.seconds(pairs, cells);
        const double cpu_seconds = cpu.seconds(pairs, area), gpu_seconds = gpu.seconds(pairs, area);
        const double picked = picks_gpu ? gpu_seconds : cpu_seconds;
        EXPECT_LT(picked, 1.15 * std::min(cpu_seconds, gpu_seconds))
            << "round " << round << ": " << pairs << " pairs of " << area << " cells";
      }
    }
  }
}

TEST(Calibrate, RecoversOverheadAndRate) {
  test::Random random(4);
  const Processor cpu{.overhead = 2e-5, .seconds_per_pair = 1e-7, .seconds_per_cell = 1e-10, .width = 1};
  const Processor gpu{.overhead = 5e-4, .seconds_per_pair = 1e-8, .seconds_per_cell = 1e-12, .width = 1};
  const Calibration found = calibrate(length, with_noise(cpu, random, 0.01), with_noise(gpu, random, 0.01));
  EXPECT_NEAR(found.gpu.overhead, 5e-4, 5e-5);
  EXPECT_NEAR(found.cpu.overhead, 2e-5, 2e-6);
  EXPECT_NEAR(found.gpu.seconds_per_pair(), 2e-8, 2e-9);
  EXPECT_NEAR(found.cpu.seconds_per_pair(), 1.1e-6, 1.1e-7);
}

TEST(Calibrate, KeepsToItsBudget) {
  for (const double slow : {1e-3, 1e-1, 1.0}) {
    double spent = 0;
    const auto cpu = [&](std::size_t pairs, int) { return 1e-6 * static_cast<double>(pairs); };
    const auto gpu = [&](std::size_t pairs, int) {
      spent += slow * static_cast<double>(pairs);
      return slow * static_cast<double>(pairs);
    };
    calibrate(length, cpu, gpu, 0.6);
    EXPECT_LT(spent, 0.6 + 12 * slow);
  }
}

Calibration some_calibration() {
  return {.cpu = {.points = {{1, 1e-5}, {4, 1.1e-5}, {16, 0.3}}, .overhead = 1.0 / 3e5, .shorter_factor = 0.3},
          .gpu = {.points = {{1, 1e-3}, {4, 1e-3}}, .overhead = 1e-3},
          .gpu_identity = "cuda: \"NVIDIA\" \n\xff, driver 13000",
          .opening = 0.4};
}

TEST(CalibrationText, IsReadAsItWasWritten) {
  Calibration calibration = some_calibration();
  calibration.gpu_identity = "cuda: \"NVIDIA\" \n, driver 13000";
  EXPECT_EQ(parse_calibration(to_text(calibration)), calibration);
}

TEST(CalibrationText, IsWrittenWhateverADeviceIsCalled) {
  EXPECT_TRUE(parse_calibration(to_text(some_calibration())).has_value());
}

TEST(CalibrationText, IsNotReadWhereItIsBroken) {
  const std::string text = to_text(some_calibration());
  EXPECT_EQ(parse_calibration(""), std::nullopt);
  EXPECT_EQ(parse_calibration("{}"), std::nullopt);
  EXPECT_EQ(parse_calibration("[1, 2]"), std::nullopt);
  for (std::size_t end = 0; end + 1 < text.size(); end += 7)
    EXPECT_EQ(parse_calibration(text.substr(0, end)), std::nullopt);
  const auto with = [&](auto change) {
    Calibration calibration = some_calibration();
    change(calibration);
    return parse_calibration(to_text(calibration));
  };
  EXPECT_EQ(with([](Calibration& calibration) { calibration.cpu.points[1].seconds = -1; }), std::nullopt);
  EXPECT_EQ(with([](Calibration& calibration) { calibration.gpu.points[1].seconds = std::nan(""); }), std::nullopt);
  EXPECT_EQ(with([](Calibration& calibration) { calibration.gpu.points.clear(); }), std::nullopt);
  EXPECT_EQ(with([](Calibration& calibration) { calibration.opening = -1; }), std::nullopt);
  EXPECT_EQ(with([](Calibration& calibration) { calibration.gpu_identity.clear(); }), std::nullopt);
}

}  // namespace
}  // namespace anneal::align
