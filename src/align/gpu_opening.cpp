#include "align/gpu_opening.h"

#include <fmt/core.h>

#include <chrono>

#include "align/sample_pairs.h"

namespace anneal::align {
namespace {

// What a device and its driver put off until they are used.
void run_first_batch(const Engine& engine) {
  const SamplePairs pairs({.pairs = 2, .query_length = 50, .target_length = 60}, 2);
  const AlignOptions options;
  AlignResults results;
  engine.execute(Batch(pairs.batch(2, options.mode), options), options, {}, results);
}

// Why it is not used; empty where it is.
std::string try_candidate(const GpuSource& source, const GpuCandidate& candidate, OpenedGpu& opened,
                          std::chrono::steady_clock::time_point begin) try {
  opened.engine = candidate.make();
  run_first_batch(*opened.engine);
  opened.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return source.passes_self_test(*opened.engine) ? "" : "it failed its self-test";
} catch (const Error& error) {
  return error.what();
}

}  // namespace

OpenedGpu open_gpu(const GpuSource& source) {
  const auto begin = std::chrono::steady_clock::now();
  OpenedGpu opened{.why_not = "there is no GPU"};
  std::string failures;
  for (const GpuCandidate& candidate : source.list()) {
    const std::string reason = try_candidate(source, candidate, opened, begin);
    if (reason.empty()) {
      opened.why_not.clear();
      return opened;
    }
    source.note(candidate.name, fmt::format("not used: {}", reason));
    failures += fmt::format("{}{}: {}", failures.empty() ? "" : "; ", candidate.name, reason);
    opened.engine.reset();
  }
  if (!failures.empty()) opened.why_not = failures;
  return opened;
}

}  // namespace anneal::align
