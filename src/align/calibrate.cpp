#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

#include "align/calibration.h"

namespace anneal::align {
namespace {

constexpr double clear_seconds = 0.008;  // what the clock and the threads' starts add is little
constexpr double short_seconds = 0.003;  // worth more repeats
constexpr int fewest_repeats = 5, most_repeats = 15;
constexpr double most_cells = 1e10;
constexpr std::size_t most_pairs = std::size_t{1} << 18;
constexpr std::size_t step = 4;

// The lower quartile: disturbances only add. The first time of several may be that of new buffers.
double usual(std::vector<double> times) {
  if (times.size() > 2) times.erase(times.begin());
  const auto place = times.begin() + static_cast<std::ptrdiff_t>((times.size() - 1) / 4);
  std::ranges::nth_element(times, place);
  return *place;
}

struct Contender {
  const TimeBatch& time;
  std::vector<CostPoint> points = {};

  // Whether larger batches would tell nothing new: they take as many times longer as they have more pairs.
  bool is_clear() const {
    if (points.size() < 2 || points.back().seconds < clear_seconds) return false;
    return points.back().seconds > 0.75 * step * points[points.size() - 2].seconds;
  }
  double seconds(double pairs) const { return CostCurve{.points = points}.seconds(pairs, 1); }
  void insert(const CostPoint& point) {
    points.insert(std::ranges::upper_bound(points, point.pairs, {}, &CostPoint::pairs), point);
  }
};

class Measurement {
 public:
  Measurement(int length, const TimeBatch& cpu, const TimeBatch& gpu, double budget)
      : length_(length), budget_(budget), cpu_{cpu}, gpu_{gpu} {}

  Calibration run() {
    climb();
    refine();
    return {.cpu = curve_of(cpu_), .gpu = curve_of(gpu_)};
  }

 private:
  // Several take turns, so that all meet the same disturbances.
  std::vector<double> measure(std::initializer_list<const Contender*> contenders, std::size_t pairs, int length) {
    std::vector<std::vector<double>> times(contenders.size());
    double spent = 0;
    for (int repeat = 0; repeat < most_repeats && (repeat < fewest_repeats || spent < short_seconds); ++repeat) {
      if (repeat > 0 && spent > budget_ / 10) break;
      for (std::size_t k = 0; k < contenders.size(); ++k) {
        times[k].push_back(contenders.begin()[k]->time(pairs, length));
        spent += times[k].back();
      }
    }
    spent_ += spent;
    std::vector<double> seconds;
    seconds.reserve(times.size());
    for (const std::vector<double>& of_one : times) seconds.push_back(usual(of_one));
    return seconds;
  }
  double measure(const Contender& contender, std::size_t pairs, int length) {
    return measure({&contender}, pairs, length).front();
  }
  void add_points(std::size_t pairs) {
    const std::vector<double> seconds = measure({&cpu_, &gpu_}, pairs, length_);
    cpu_.insert({static_cast<double>(pairs), seconds[0]});
    gpu_.insert({static_cast<double>(pairs), seconds[1]});
  }

  void climb() {
    const double cells = static_cast<double>(length_) * length_;
    for (std::size_t pairs = 1; pairs <= most_pairs; pairs *= step) {
      const bool is_enough = static_cast<double>(pairs) * cells > most_cells;
      if (pairs > step && (is_enough || would_exceed_budget() || (cpu_.is_clear() && gpu_.is_clear()))) return;
      if (!cpu_.is_clear()) {
        add_points(pairs);
      } else {
        gpu_.insert({static_cast<double>(pairs), measure(gpu_, pairs, length_)});
      }
    }
  }

  bool would_exceed_budget() const {
    const double next = gpu_.points.back().seconds + (cpu_.is_clear() ? 0 : cpu_.points.back().seconds);
    return spent_ + step * next > budget_;
  }

  // Around the size from which on the GPU is faster.
  void refine() {
    for (int round = 0; round < 2 && spent_ < budget_; ++round) {
      const auto crossed = std::ranges::adjacent_find(gpu_.points, [&](const CostPoint& a, const CostPoint& b) {
        return a.seconds >= cpu_.seconds(a.pairs) && b.seconds < cpu_.seconds(b.pairs);
      });
      if (crossed == gpu_.points.end()) return;
      const double middle = std::round(std::sqrt(crossed[0].pairs * crossed[1].pairs));
      if (middle == crossed[0].pairs || middle == crossed[1].pairs) return;
      add_points(static_cast<std::size_t>(middle));
    }
  }

  CostCurve curve_of(const Contender& contender) {
    std::vector<CostPoint> points = rising(contender.points);
    const auto too_long = std::ranges::find_if(points, [&](const CostPoint& p) { return p.seconds > budget_ / 20; });
    // Where single pairs take that long, their cells are all that counts.
    if (too_long - points.begin() < 2) return {.points = std::move(points)};
    const auto many = static_cast<std::size_t>((too_long - 1)->pairs);
    const OtherLengths others{.pairs = (too_long - 1)->pairs,
                              .one_longer = measure(contender, 1, 2 * length_),
                              .many_longer = measure(contender, many, 2 * length_),
                              .many_shorter = measure(contender, many, length_ / 2)};
    return fit_curve(std::move(points), others);
  }

  int length_;
  double budget_;
  double spent_ = 0;
  Contender cpu_, gpu_;
};

}  // namespace

Calibration calibrate(int length, const TimeBatch& cpu, const TimeBatch& gpu, double budget) {
  return Measurement(length, cpu, gpu, budget).run();
}

}  // namespace anneal::align
