#include <fmt/core.h>

#include "align/aligner_core.h"
#include "align/second_best.h"
#include "anneal/align.h"
#include "base/cpu.h"
#include "base/memory.h"

namespace anneal {
namespace {

int chosen_threads(int asked) {
  if (asked < 0) {
    throw Error(ErrorCode::invalid_argument, fmt::format("threads is {}; it must be 1 or more, or 0 for all", asked));
  }
  return asked > 0 ? asked : base::usable_processors();
}

std::uint64_t chosen_memory(std::uint64_t asked) {
  if (asked == 0) return std::max(base::available_memory() / 2, Aligner::min_memory);
  if (asked < Aligner::min_memory) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("memory is {} bytes; it must be at least {} (64 MiB)", asked, Aligner::min_memory));
  }
  return asked;
}

int checked_callers(int asked) {
  if (asked < 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("callers is {}; it must be 1 or more: the threads that call align() at once", asked));
  }
  return asked;
}

}  // namespace

namespace align {

EngineResources resources_of(const AlignerSettings& settings) {
  return {.threads = chosen_threads(settings.threads),
          .memory = chosen_memory(settings.memory),
          .callers = checked_callers(settings.callers)};
}

AlignerCore::AlignerCore(AlignOptions checked, const AlignerSettings& settings)
    : options(std::move(checked)), resources(resources_of(settings)), queue(resources.threads),
      engine(make_engine(settings.backend, resources)), engine_name(engine->name()) {}

void AlignerCore::align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const {
  const Batch batch(pairs, options, &queue);
  execute_with_second_best(*engine, batch, options, control, results);
}

const AlignerCore& core_of(const Aligner& aligner) { return *aligner.core_; }

}  // namespace align

Aligner::Aligner(AlignOptions options, const AlignerSettings& settings) {
  validate(options);
  core_ = std::make_unique<align::AlignerCore>(std::move(options), settings);
}

Aligner::~Aligner() = default;
Aligner::Aligner(Aligner&&) noexcept = default;
Aligner& Aligner::operator=(Aligner&&) noexcept = default;

void Aligner::align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const {
  core_->align(pairs, results, control);
}

AlignResults Aligner::align(const PairBatch& pairs, const RunControl& control) const {
  AlignResults results;
  align(pairs, results, control);
  return results;
}

const AlignOptions& Aligner::options() const { return core_->options; }
const std::string& Aligner::engine() const { return core_->engine_name; }
int Aligner::threads() const { return core_->resources.threads; }
std::uint64_t Aligner::memory() const { return core_->resources.memory; }

}  // namespace anneal
