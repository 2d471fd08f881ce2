// An engine whose results are the scalar one's, unless a test wants others, and which counts its calls.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "align/engine.h"
#include "align/scalar/scalar_engine.h"

namespace anneal::align {

class FakeEngine final : public Engine {
 public:
  /// `after` may change the results of each call, or throw.
  explicit FakeEngine(
      std::string name, std::function<void(AlignResults&)> after = [](AlignResults&) {})
      : name_(std::move(name)), after_(std::move(after)) {}

  std::string_view name() const override { return name_; }
  std::string identity() const override { return identity_; }
  bool is_available() const override { return is_available_; }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override {
    ++calls_;
    scalar_.execute(batch, options, control, results);
    results.engine = name_;
    after_(results);
  }

  std::string identity_ = "fake";
  std::atomic<bool> is_available_ = true;
  mutable std::atomic<int> calls_ = 0;

 private:
  std::string name_;
  std::function<void(AlignResults&)> after_;
  scalar::ScalarEngine scalar_{1, Aligner::min_memory};
};

}  // namespace anneal::align
