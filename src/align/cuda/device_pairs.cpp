// What CudaEngine does with sequences that are on its device already.
#include <fmt/core.h>

#include "align/cuda/cuda_engine.h"
#include "align/cuda/device_letters.h"
#include "align/second_best.h"

namespace anneal::align::cuda {
namespace {

// A caller's work may take any time, and is no reason to give the device up.
void wait_for(const device::cuda::Event& ready, const RunControl& control) {
  while (!ready.wait_for(std::chrono::milliseconds{10})) {
    if (!control.stop.stop_requested()) continue;
    throw Error(ErrorCode::cancelled, "alignment was cancelled before its sequences were ready");
  }
}

// Why it failed; empty where it did not.
std::string examine(DeviceLetters& letters, device::BufferPool& memory) try {
  letters.examine(memory);
  return {};
} catch (const Error& error) {
  if (error.code() != ErrorCode::out_of_memory && error.code() != ErrorCode::device_failed) throw;
  return error.what();
}

}  // namespace

PreparedCall CudaEngine::prepare(const DevicePairs& pairs, const AlignOptions& options) const {
  if (gpus().size() != 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("backend {} is {} GPUs, and the sequences are in the memory of one: use that, cuda:N",
                            name(), gpus().size()));
  }
  device::cuda::Device& device = gpus().front()->device();
  const auto ready = std::make_shared<const device::cuda::Event>(device.events(), pairs.stream,
                                                                 fmt::format("a caller's work on {}", device.where()),
                                                                 device::cuda::default_deadline, false);
  return [this, ready, pairs, &options](const RunControl& control, AlignResults& results) {
    wait_for(*ready, control);
    align_there(pairs, options, control, results);
  };
}

void CudaEngine::align_there(const DevicePairs& pairs, const AlignOptions& options, const RunControl& control,
                             AlignResults& results) const {
  Gpu& gpu = *gpus().front();
  DeviceLetters letters(gpu.device(), pairs, options.matrix);
  PairBatch batch = letters.pairs();
  const std::string failure = examine(letters, gpu.memory());
  if (failure.empty()) {
    const Execute execute_there = [&](const Batch& there, const AlignOptions& own, const RunControl& part,
                                      AlignResults& found) {
      Run run(there, own, part, found);
      letters.note_invalid(run);
      align(run, found, &letters);
    };
    const Batch there(batch, options, &host(), &letters);
    return execute_with_second_best(execute_there, there, options, control, results);
  }
  std::string query_room, target_room;
  const std::vector<std::string_view> queries = letters.copies_of(batch.queries, query_room);
  const std::vector<std::string_view> targets = letters.copies_of(batch.targets, target_room);
  batch.queries = queries;
  batch.targets = targets;
  execute_with_second_best(*this, Batch(batch, options, &host()), options, control, results);
  results.warning = failure;
}

}  // namespace anneal::align::cuda
