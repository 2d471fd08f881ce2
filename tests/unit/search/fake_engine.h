// Engines that fail when a test says so, to test those that are made of several.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "search/engine.h"
#include "support/random.h"

namespace anneal::test {

using search::Hit;
using Hits = std::vector<std::vector<Hit>>;
using Views = std::vector<std::string_view>;

/// A device, which lives longer than its engine.
struct FakeDevice {
  std::string name = "fake";
  std::function<void(int call)> on_load = [](int) {};  ///< may throw; calls count from 1
  std::function<void(int call)> on_find = [](int) {};  ///< after half of its progress
  std::int32_t error_of_score = 0;
  std::size_t room = std::numeric_limits<std::size_t>::max();  ///< for targets
  std::string warning;

  int loads = 0;
  int finds = 0;
  std::size_t loaded = 0;  ///< targets that it has now
};

/// For FakeDevice's calls: throws this at the call of that number.
inline std::function<void(int)> failing_at(int number, ErrorCode code) {
  return [=](int call) {
    if (call == number) throw Error(code, "scripted");
  };
}
/// At this call and all after it.
inline std::function<void(int)> failing_from(int number, ErrorCode code) {
  return [=](int call) {
    if (call >= number) throw Error(code, "scripted");
  };
}

/// Scores by no more than lengths and first letters, so that sequences may be long.
class FakeEngine final : public search::Engine {
 public:
  explicit FakeEngine(std::shared_ptr<FakeDevice> device) : device_(std::move(device)) {}

  const std::string& name() const override { return device_->name; }
  std::string warning() const override { return device_->warning; }

  void load(std::span<const std::string_view> targets) override {
    targets_ = {};
    device_->on_load(++device_->loads);
    if (targets.size() > device_->room) throw Error(ErrorCode::out_of_memory, "no room");
    targets_ = targets;
    device_->loaded = targets.size();
  }

  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top, Hits& hits,
            const RunControl& control) override {
    const std::uint64_t total = queries.size() * targets_.size();
    if (control.progress && total > 1) control.progress(total / 2, total);
    device_->on_find(++device_->finds);
    if (control.stop.stop_requested()) throw Error(ErrorCode::cancelled, "stopped");
    hits.assign(queries.size(), {});
    for (std::size_t q = 0; q < queries.size(); ++q) best_of(queries[q], least[q], top, hits[q]);
    if (control.progress && total > 0) control.progress(total, total);
  }

 private:
  static std::int32_t first_code(std::string_view codes) {
    return codes.empty() ? 0 : static_cast<unsigned char>(codes[0]);
  }

  void best_of(std::string_view query, std::int32_t least, std::size_t top, std::vector<Hit>& hits) const {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const std::size_t sizes = 7 * query.size() + targets_[i].size();
      const std::int32_t score =
          (static_cast<std::int32_t>(sizes % 97) + 3 * first_code(query) + 5 * first_code(targets_[i])) % 53 +
          device_->error_of_score;
      if (score >= least) hits.push_back({score, static_cast<std::uint32_t>(i)});
    }
    std::ranges::sort(hits, search::is_better);
    if (hits.size() > top) hits.resize(top);
  }

  std::shared_ptr<FakeDevice> device_;
  std::span<const std::string_view> targets_;
};

inline std::shared_ptr<FakeDevice> fake_device(std::string name = "fake") {
  auto device = std::make_shared<FakeDevice>();
  device->name = std::move(name);
  return device;
}

inline std::unique_ptr<search::Engine> engine_of(const std::shared_ptr<FakeDevice>& device) {
  return std::make_unique<FakeEngine>(device);
}

/// Queries and targets, as codes, and what one whole engine finds.
class FakeWork {
 public:
  static constexpr std::size_t query_count = 3;

  explicit FakeWork(std::size_t target_count, std::size_t most_hits = 20) : top(most_hits) {
    Random random(target_count);
    for (std::size_t i = 0; i < query_count + target_count; ++i) {
      sequences_.emplace_back(random.between(1, 80), static_cast<char>(random.below(20)));
    }
    const Views views(sequences_.begin(), sequences_.end());
    queries.assign(views.begin(), views.begin() + query_count);
    targets.assign(views.begin() + query_count, views.end());
    expected = FakeWork::found_by(*engine_of(fake_device()));
  }

  Hits found_by(search::Engine& engine, const RunControl& control = {}) const {
    engine.load(targets);
    return found_again_by(engine, control);
  }

  /// In the targets that it has.
  Hits found_again_by(search::Engine& engine, const RunControl& control = {}) const {
    Hits hits(7, {{99, 99}});  // which are to be replaced
    engine.find(queries, least, top, hits, control);
    return hits;
  }

  Views queries;
  Views targets;
  std::vector<std::int32_t> least = {1, 20, 5};
  std::size_t top;
  Hits expected;

 private:
  std::vector<std::string> sequences_;
};

/// What an engine reports.
struct ProgressLog {
  RunControl control(std::stop_token stop = {}) {
    return {.stop = std::move(stop), .progress = [this](std::uint64_t done, std::uint64_t total) {
              goes_back = goes_back || done < last;
              exceeds = exceeds || done > total;
              last = done;
              all = total;
            }};
  }
  bool is_whole(const FakeWork& work) const {
    return !goes_back && !exceeds && last == work.queries.size() * work.targets.size() && all == last;
  }

  std::uint64_t last = 0;
  std::uint64_t all = 0;
  bool goes_back = false;
  bool exceeds = false;
};

}  // namespace anneal::test
