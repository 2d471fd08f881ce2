#include "anneal/async.h"

#include <fmt/core.h>

#include <functional>
#include <future>
#include <system_error>
#include <thread>

#include "align/aligner_core.h"
#include "align/device_engine.h"

namespace anneal {
namespace {

struct ForwardStop {
  std::stop_source to;
  void operator()() noexcept { to.request_stop(); }
};

}  // namespace

struct PendingAlignment::Call {
  Call(align::PreparedCall work, const RunControl& control)
      : forward(control.stop, ForwardStop{stop}), results(promise.get_future()),
        thread([this, work = std::move(work), progress = control.progress]() mutable {
          run(std::move(work), std::move(progress));
        }) {}
  ~Call() {
    stop.request_stop();
    thread.join();
  }

  using Progress = decltype(RunControl::progress);

  // Lets go of what was borrowed before the results can be seen.
  AlignResults align(align::PreparedCall&& work, Progress&& progress) const {
    const align::PreparedCall own = std::move(work);
    AlignResults found;
    own({.stop = stop.get_token(), .progress = std::move(progress)}, found);
    return found;
  }

  void run(align::PreparedCall&& work, Progress&& progress) noexcept {
    try {
      promise.set_value(align(std::move(work), std::move(progress)));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }

  std::stop_source stop;
  std::stop_callback<ForwardStop> forward;
  std::promise<AlignResults> promise;
  std::future<AlignResults> results;  // valid until they are taken
  std::thread thread;
};

struct PendingAccess {
  static PendingAlignment start(align::PreparedCall work, const RunControl& control) try {
    return PendingAlignment(std::make_unique<PendingAlignment::Call>(std::move(work), control));
  } catch (const std::system_error& error) {
    throw Error(ErrorCode::out_of_memory, fmt::format("a thread for an alignment could not be started: {}; let others "
                                                      "end first",
                                                      error.code().message()));
  }
};

PendingAlignment::PendingAlignment() noexcept = default;
PendingAlignment::PendingAlignment(std::unique_ptr<Call> call) noexcept : call_(std::move(call)) {}
PendingAlignment::~PendingAlignment() = default;
PendingAlignment::PendingAlignment(PendingAlignment&&) noexcept = default;
PendingAlignment& PendingAlignment::operator=(PendingAlignment&&) noexcept = default;

bool PendingAlignment::is_done() const {
  if (!call_ || !call_->results.valid()) return true;
  return call_->results.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
}

void PendingAlignment::wait() const {
  if (call_ && call_->results.valid()) call_->results.wait();
}

AlignResults PendingAlignment::get() {
  if (!call_ || !call_->results.valid()) {
    throw Error(ErrorCode::invalid_argument,
                "this alignment has no results: they were taken before, or moved with it; call get() once");
  }
  return call_->results.get();
}

void PendingAlignment::request_stop() noexcept {
  if (call_) call_->stop.request_stop();
}

PendingAlignment align_async(const Aligner& aligner, const PairBatch& batch, const RunControl& control) {
  const align::AlignerCore& core = align::core_of(aligner);
  return PendingAccess::start(
      [&core, batch](const RunControl& own, AlignResults& results) { core.align(batch, results, own); }, control);
}

PendingAlignment align_async(const Aligner& aligner, const DevicePairs& pairs, const RunControl& control) {
  const align::AlignerCore& core = align::core_of(aligner);
  const auto* engine = dynamic_cast<const align::DeviceEngine*>(core.engine.get());
  if (engine == nullptr) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("the sequences are in a GPU's memory, but the Aligner's backend is {}: set "
                            "AlignerSettings::backend to cuda, or cuda:N for another GPU",
                            core.engine_name));
  }
  return PendingAccess::start(engine->prepare(pairs, core.options), control);
}

}  // namespace anneal
