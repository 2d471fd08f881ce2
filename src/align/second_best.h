// AlignOptions::second_best_distance, by two passes of any engine.
#pragma once

#include <functional>

#include "align/batch.h"
#include "align/engine.h"

namespace anneal::align {

/// As Engine::execute().
using Execute = std::function<void(const Batch& batch, const AlignOptions& options, const RunControl& control,
                                   AlignResults& results)>;

/// Does what `execute` does, and then, where the options ask for it, once more for the second-best ends: with the
/// columns around each best end excluded.
void execute_with_second_best(const Execute& execute, const Batch& batch, const AlignOptions& options,
                              const RunControl& control, AlignResults& results);
void execute_with_second_best(const Engine& engine, const Batch& batch, const AlignOptions& options,
                              const RunControl& control, AlignResults& results);

}  // namespace anneal::align
