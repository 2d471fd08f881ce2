#include "cli/path_aligner.h"

#include <fmt/core.h>

#include "search/engine.h"

namespace anneal::cli {

void PathAligner::align(const PairBatch& pairs, AlignResults& results, const RunControl& control) {
  if (pairs.targets.empty()) {
    results = {};
    return;
  }
  if (aligner_ == nullptr) open();
  aligner_->align(pairs, results, control);
  if (warning_.empty()) warning_ = results.warning;
}

// The search is done by then, so that a device that fails must not cost it.
void PathAligner::open() {
  try {
    aligner_ = make_(backend_);
  } catch (const Error& error) {
    if (backend_ == "cpu" || !search::is_device_failure(error)) throw;
    warning_ = fmt::format("{} does not align the hits: {}; the CPU does", backend_, error.what());
    aligner_ = make_("cpu");
  }
}

}  // namespace anneal::cli
