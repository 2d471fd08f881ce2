#include "align/auto_engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "align/duel.h"

namespace anneal::align {
namespace {

using Clock = std::chrono::steady_clock;

// What a fast thread does, where nothing is measured.
constexpr double cells_per_second = 1e10;

// Only the first time in a process takes as long as it will in others: it opens the driver.
double first_opening(double seconds) {
  static const double first = seconds;
  return first;
}

}  // namespace

// Lets other threads go on while this one opens a GPU or measures.
class AutoEngine::Preparation {
 public:
  Preparation(const AutoEngine& engine, std::unique_lock<std::mutex>& lock) : engine_(engine), lock_(lock) {
    engine_.is_preparing_ = true;
    lock_.unlock();
  }
  ~Preparation() {
    lock_.lock();
    engine_.is_preparing_ = false;
    engine_.prepared_.notify_all();
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

 private:
  const AutoEngine& engine_;
  std::unique_lock<std::mutex>& lock_;
};

AutoEngine::AutoEngine(std::unique_ptr<Engine> cpu, const EngineResources& resources, GpuSource gpus,
                       CalibrationStore store)
    : cpu_(std::move(cpu)), threads_(resources.threads), callers_(resources.callers), gpus_(std::move(gpus)),
      store_(std::move(store)) {}

std::unique_lock<std::mutex> AutoEngine::lock_prepared() const {
  std::unique_lock lock(mutex_);
  prepared_.wait(lock, [this] { return !is_preparing_; });
  return lock;
}

void AutoEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                         AlignResults& results) const {
  const auto [engine, is_unmeasured] = decide(batch, options, control);
  const Clock::time_point begin = Clock::now();
  engine->execute(batch, options, control, results);
  if (!is_unmeasured) return;
  const std::scoped_lock lock(mutex_);
  unmeasured_seconds_ += std::chrono::duration<double>(Clock::now() - begin).count();
}

AutoEngine::Choice AutoEngine::decide(const Batch& batch, const AlignOptions& options,
                                      const RunControl& control) const {
  std::unique_lock lock(mutex_);
  if (is_preparing_ || !has_usable_gpu()) return {cpu_.get(), false};
  const Works work = work_of(batch, options);
  if (is_measured(work)) return {&choose_measured(work, control, lock), false};
  const Engine& engine = choose_unmeasured(batch, work, control, lock);
  return {&engine, &engine == cpu_.get() && !is_measured(work)};
}

const Engine& AutoEngine::choose_unmeasured(const Batch& batch, const Works& work, const RunControl& control,
                                            std::unique_lock<std::mutex>& lock) const {
  if (unmeasured_seconds_ + guess(work) < measuring_pays * callers_) {
    const bool may_open = gpu_ != nullptr || gpus_.opens_soon;
    if (batch.size() < unmeasured_pairs || !may_open) return *cpu_;
    const Preparation preparation(*this, lock);
    return open() ? *gpu_ : *cpu_;
  }
  unmeasured_seconds_ = 0;
  const Preparation preparation(*this, lock);
  return measure_missing(work, control) ? faster(work) : *cpu_;
}

const Engine& AutoEngine::choose_measured(const Works& work, const RunControl& control,
                                          std::unique_lock<std::mutex>& lock) const {
  if (gpu_ != nullptr) return faster(work);
  const Estimate seconds = estimate(work);
  missed_seconds_ += std::max(seconds.cpu - seconds.gpu, 0.0);
  if (missed_seconds_ <= opening(work) * callers_ || seconds.gpu >= seconds.cpu) return *cpu_;
  // The GPU may turn out to be another one than was measured.
  const Preparation preparation(*this, lock);
  return measure_missing(work, control) ? faster(work) : *cpu_;
}

const Engine& AutoEngine::faster(const Works& work) const {
  const Estimate seconds = estimate(work);
  return seconds.gpu < seconds.cpu ? *gpu_ : *cpu_;
}

bool AutoEngine::measure(const Batch& batch, const AlignOptions& options, const RunControl& control) const {
  const std::unique_lock lock = lock_prepared();
  return has_usable_gpu() && measure_missing(work_of(batch, options), control);
}

std::string AutoEngine::why_no_gpu() const {
  const std::unique_lock lock = lock_prepared();
  has_usable_gpu();
  return why_not_;
}

std::optional<AutoEngine::Estimate> AutoEngine::estimate(const Batch& batch, const AlignOptions& options) const {
  const std::unique_lock lock = lock_prepared();
  const Works work = work_of(batch, options);
  return is_measured(work) ? std::optional(estimate(work)) : std::nullopt;
}

// Whether there may be one: one that was not opened counts.
bool AutoEngine::has_usable_gpu() const {
  if (why_not_.empty() && gpu_ != nullptr && !gpu_->is_available()) {
    give_up("it failed at work and is not used again in this process");
  }
  return why_not_.empty();
}

bool AutoEngine::open() const {
  if (gpu_ != nullptr) return true;
  OpenedGpu opened = open_gpu(gpus_);
  why_not_ = std::move(opened.why_not);
  if (opened.engine == nullptr) return false;
  gpu_ = std::move(opened.engine);
  gpu_identity_ = fmt::format("{}: {}", gpu_->name(), gpu_->identity());
  opening_ = first_opening(opened.seconds);
  gpus_.note(std::string(gpu_->name()), "used where it is faster");
  known_.clear();
  return true;
}

bool AutoEngine::measure_missing(const Works& work, const RunControl& control) const try {
  if (!open()) return false;
  for (const Work& part : work) {
    if (find(part.kind) != nullptr) continue;
    Calibration calibration = Duel(part.kind, *cpu_, *gpu_, control).calibrate();
    calibration.gpu_identity = gpu_identity_;
    calibration.opening = opening_;
    if (!calibration.is_valid()) throw Error(ErrorCode::device_failed, "its times make no sense");
    store_.store(part.kind, calibration);
    known_[part.kind] = std::move(calibration);
  }
  return true;
} catch (const Error& error) {
  if (error.code() == ErrorCode::cancelled) throw;
  give_up(error.what());
  return false;
}

void AutoEngine::give_up(const std::string& reason) const {
  why_not_ = fmt::format("{}: {}", gpu_->name(), reason);
  gpus_.note(std::string(gpu_->name()), fmt::format("not used: {}", reason));
}

// What was measured with another GPU than the one that is open counts for nothing.
const Calibration* AutoEngine::find(const WorkKind& kind) const {
  const auto [place, is_new] = known_.try_emplace(kind);
  std::optional<Calibration>& calibration = place->second;
  if (is_new) calibration = store_.find(kind);
  if (calibration && gpu_ != nullptr && calibration->gpu_identity != gpu_identity_) calibration.reset();
  return calibration ? &*calibration : nullptr;
}

bool AutoEngine::is_measured(const Works& work) const {
  return std::ranges::all_of(work, [this](const Work& part) { return find(part.kind) != nullptr; });
}

// The parts of a batch share a call.
AutoEngine::Estimate AutoEngine::estimate(const Works& work) const {
  Estimate sum;
  double cpu_overhead = 0, gpu_overhead = 0;
  for (const Work& part : work) {
    const Calibration& calibration = *find(part.kind);
    const double cells = part.relative_cells();
    sum.cpu += calibration.cpu.seconds(part.pairs, cells) - calibration.cpu.overhead;
    sum.gpu += calibration.gpu.seconds(part.pairs, cells) - calibration.gpu.overhead;
    cpu_overhead = std::max(cpu_overhead, calibration.cpu.overhead);
    gpu_overhead = std::max(gpu_overhead, calibration.gpu.overhead);
  }
  return {sum.cpu + cpu_overhead, callers_ * (sum.gpu + gpu_overhead)};
}

double AutoEngine::opening(const Works& work) const {
  double seconds = 0;
  for (const Work& part : work) seconds = std::max(seconds, find(part.kind)->opening);
  return seconds;
}

double AutoEngine::guess(const Works& work) const {
  double cells = 0;
  for (const Work& part : work) cells += part.cells;
  return cells / (cells_per_second * threads_);
}

}  // namespace anneal::align
