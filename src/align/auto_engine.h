// The engine that leaves each batch to the CPU or to a GPU, whichever is faster for it.
//
// What was measured on this machine decides (calibration.h), per kind of work (work_kind.h). To open a GPU takes about
// as long as a CPU takes for a million short reads, and to measure takes a second per kind, so both have to pay:
//
// - Where a kind was measured, here or in an earlier run, a batch goes to the engine that takes less time for it. A GPU
//   that this process has not opened yet is opened once the time that it would have saved so far, with this batch,
//   exceeds what opening it took when it was measured. Several threads that call at once share it: each batch takes a
//   GPU as long as those of all of them.
// - What was not measured is, once the CPU has taken a second for such batches, or would at its best with this one.
//   Until then the CPU takes them; but a GPU that is open anyway, or is opened soon as on a Mac, takes those of 1,024
//   pairs or more.
// - While one thread opens a GPU or measures, the CPU takes what others bring.
// - Without a GPU, or where it fails, fails its self-test or finds other alignments than the CPU, the CPU takes
//   everything.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "align/calibration_store.h"
#include "align/engine.h"
#include "align/engines.h"
#include "align/gpu_opening.h"
#include "align/work_kind.h"

namespace anneal::align {

class AutoEngine final : public Engine {
 public:
  static constexpr std::size_t unmeasured_pairs = 1024;
  static constexpr double measuring_pays = 1;  ///< seconds of the CPU, in each of the calling threads

  /// `resources` are those of `cpu`.
  AutoEngine(std::unique_ptr<Engine> cpu, const EngineResources& resources, GpuSource gpus, CalibrationStore store);

  std::string_view name() const override { return "auto"; }
  bool is_available() const override { return true; }
  std::string identity() const override { return cpu_->identity(); }
  bool supports(const AlignOptions& options) const override { return cpu_->supports(options); }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

  /// The engine for this batch. May open a GPU, and measure. Throws Error(cancelled) where that is stopped.
  const Engine& choose(const Batch& batch, const AlignOptions& options, const RunControl& control) const {
    return *decide(batch, options, control).engine;
  }

  const Engine& cpu() const { return *cpu_; }
  /// Opens a GPU and measures what is not measured of this batch, whether that pays or not. False where there is no
  /// GPU that works: why_no_gpu() tells.
  bool measure(const Batch& batch, const AlignOptions& options, const RunControl& control) const;
  /// Empty where a GPU may be used.
  std::string why_no_gpu() const;

  struct Estimate {
    double cpu = 0;  ///< seconds
    double gpu = 0;  ///< while all that call at once have such a batch

    friend bool operator==(const Estimate&, const Estimate&) = default;
  };
  /// What the measurements say of a batch; nothing where some are missing.
  std::optional<Estimate> estimate(const Batch& batch, const AlignOptions& options) const;

 private:
  using Works = std::vector<Work>;
  struct Choice {
    const Engine* engine;
    bool is_unmeasured;  ///< and the CPU's, whose time brings nearer that it will be
  };

  Choice decide(const Batch& batch, const AlignOptions& options, const RunControl& control) const;

  class Preparation;
  std::unique_lock<std::mutex> lock_prepared() const;

  // All of these are called with mutex_ held, or by the thread that prepares.
  bool has_usable_gpu() const;
  bool open() const;
  bool measure_missing(const Works& work, const RunControl& control) const;
  void give_up(const std::string& reason) const;
  const Calibration* find(const WorkKind& kind) const;
  bool is_measured(const Works& work) const;
  Estimate estimate(const Works& work) const;
  double opening(const Works& work) const;
  const Engine& choose_unmeasured(const Batch& batch, const Works& work, const RunControl& control,
                                  std::unique_lock<std::mutex>& lock) const;
  const Engine& choose_measured(const Works& work, const RunControl& control, std::unique_lock<std::mutex>& lock) const;
  const Engine& faster(const Works& work) const;
  double guess(const Works& work) const;

  std::unique_ptr<Engine> cpu_;
  int threads_, callers_;
  GpuSource gpus_;
  CalibrationStore store_;

  mutable std::mutex mutex_;
  mutable std::condition_variable prepared_;
  mutable bool is_preparing_ = false;    // then the rest belongs to the thread that does so, but unmeasured_seconds_
  mutable std::unique_ptr<Engine> gpu_;  // stays, once it is made: other threads may be using it
  mutable std::string gpu_identity_;
  mutable double opening_ = 0;   // seconds, once it is open
  mutable std::string why_not_;  // not empty: no GPU is used any more
  mutable std::map<WorkKind, std::optional<Calibration>> known_;
  mutable double unmeasured_seconds_ = 0;
  mutable double missed_seconds_ = 0;
};

}  // namespace anneal::align
