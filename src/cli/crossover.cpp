#include "cli/crossover.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <chrono>

#include "align/auto_engine.h"
#include "align/engines.h"
#include "align/sample_pairs.h"
#include "anneal/device.h"
#include "base/cpu.h"
#include "base/median.h"
#include "cli/checksum.h"
#include "cli/print.h"

namespace anneal::cli {
namespace {

using align::AutoEngine;
using align::Engine;

// A size is not repeated once it has taken this long, but a small one is until it has.
constexpr double longest_seconds = 2;
constexpr double shortest_seconds = 0.02;
constexpr int most_repeats = 1000;

void check(const CrossoverArguments& arguments) {
  const auto refuse = [](const std::string& message) { throw Error(ErrorCode::invalid_argument, message); };
  if (arguments.align.all_vs_all || arguments.align.both_strands) {
    refuse("--all-vs-all and --strand both are for bench align; bench crossover makes its own pairs");
  }
  if (arguments.align.second_best_distance) {
    refuse("--second-best is for bench align; bench crossover times one pass over each matrix");
  }
  if (arguments.align.settings.backend != "auto") {
    refuse("--backend, --gpu and --device are for bench align; bench crossover compares the CPU, all GPUs and auto");
  }
}

// Pairs, views of them, and results.
void check_memory(const CrossoverArguments& arguments, std::uint64_t memory) {
  const std::uint64_t letters = arguments.query_length + arguments.target_length;
  const std::uint64_t bytes = arguments.max_pairs * (3 * letters + 400);
  if (bytes <= memory) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("--max-pairs {} take about {}, more than --memory {}; give fewer or shorter pairs",
                          arguments.max_pairs, human_size(bytes), human_size(memory)));
}

class Crossover {
 public:
  Crossover(const CrossoverArguments& arguments, const std::stop_token& stop)
      : arguments_(arguments), control_{.stop = stop},
        options_(options_for(arguments.align, stated_alphabet(arguments.align.scoring).value_or(Alphabet::dna))) {
    // Checks the settings, and has defaults for them.
    const Aligner aligner(options_, arguments.align.settings);
    resources_ = {.threads = aligner.threads(), .memory = aligner.memory()};
    check_memory(arguments, resources_.memory);
    auto_ = align::make_auto_engine(resources_);
  }

  CrossoverReport run() {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(resources_.threads));
    CrossoverReport report{.options = options_,
                           .query_length = arguments_.query_length,
                           .target_length = arguments_.target_length,
                           .cpu = std::string(auto_->cpu().name()),
                           .threads = resources_.threads};
    const align::SamplePairs pairs({.alphabet = options_.matrix.alphabet(),
                                    .pairs = arguments_.max_pairs,
                                    .query_length = arguments_.query_length,
                                    .target_length = arguments_.target_length},
                                   arguments_.max_pairs, 2);
    prepare(pairs, report);
    for (std::size_t size = 1;; size = std::min(2 * size, arguments_.max_pairs)) {
      report.sizes.push_back(measure(pairs, size));
      if (size == arguments_.max_pairs) return report;
    }
  }

 private:
  void prepare(const align::SamplePairs& pairs, CrossoverReport& report) {
    // First, so that it opens the driver and knows how long that takes.
    const auto begin = std::chrono::steady_clock::now();
    const align::Batch one = batch_of(pairs, 1);
    if (!auto_->measure(one, options_, control_)) report.why_no_gpu = auto_->why_no_gpu();
    report.measuring_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    for (const Backend& backend : backends()) {
      if (backend.kind != "gpu" || !backend.available) continue;
      gpus_.push_back(align::make_engine(backend.name, resources_));
      report.gpus.push_back(backend.name);
    }
  }

  align::Batch batch_of(const align::SamplePairs& pairs, std::size_t size) const {
    PairBatch batch = pairs.batch(size, options_.mode);
    if (options_.mode == Mode::extend) batch.h0 = {&arguments_.align.h0, 1};
    return {batch, options_};
  }

  // All take turns.
  CrossoverSize measure(const align::SamplePairs& pairs, std::size_t size) {
    const align::Batch batch = batch_of(pairs, size);
    std::vector<const Engine*> engines{&auto_->cpu(), auto_.get()};
    for (const auto& gpu : gpus_) engines.push_back(gpu.get());
    std::vector<std::vector<double>> seconds(engines.size());
    CrossoverSize found{.pairs = size};
    double spent = 0;
    for (int repeat = 0; repeat < most_repeats; ++repeat) {
      if (repeat > 0 && spent > longest_seconds) break;
      if (repeat >= arguments_.repeats && spent > shortest_seconds * static_cast<double>(engines.size())) break;
      for (std::size_t turn = 0; turn < engines.size(); ++turn) {
        // Each begins as often as the others: what it leaves in the caches is of use to the next.
        const std::size_t k = (static_cast<std::size_t>(repeat) + turn) % engines.size();
        seconds[k].push_back(time(*engines[k], batch));
        spent += seconds[k].back();
        if (engines[k] == auto_.get()) found.auto_engine = results_.engine;
        if (repeat == 0) check_same(turn == 0, *engines[k], found);
      }
    }
    found.cpu_seconds = base::median(seconds[0]);
    found.auto_seconds = base::median(seconds[1]);
    for (std::size_t k = 2; k < engines.size(); ++k) {
      found.gpu_seconds[std::string(engines[k]->name())] = base::median(seconds[k]);
    }
    if (const auto estimate = auto_->estimate(batch, options_)) {
      found.cpu_estimate = estimate->cpu;
      found.gpu_estimate = estimate->gpu;
    }
    return found;
  }

  double time(const Engine& engine, const align::Batch& batch) {
    const auto begin = std::chrono::steady_clock::now();
    engine.execute(batch, options_, control_, results_);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }

  void check_same(bool is_first, const Engine& engine, CrossoverSize& found) const {
    const std::uint64_t checksum = checksum_of(results_);
    if (!is_first && checksum != found.checksum) {
      throw Error(ErrorCode::internal, fmt::format("{} found other alignments than {} of {} pairs; please report this "
                                                   "with your command",
                                                   engine.name(), auto_->cpu().name(), found.pairs));
    }
    found.checksum = checksum;
  }

  const CrossoverArguments& arguments_;
  RunControl control_;
  AlignOptions options_;
  align::EngineResources resources_;
  std::unique_ptr<AutoEngine> auto_;
  std::vector<std::unique_ptr<Engine>> gpus_;
  AlignResults results_;
};

}  // namespace

double CrossoverSize::best_seconds() const {
  double best = cpu_seconds;
  for (const auto& [name, seconds] : gpu_seconds) best = std::min(best, seconds);
  return best;
}

double CrossoverSize::auto_ratio() const { return best_seconds() > 0 ? auto_seconds / best_seconds() : 1; }

std::optional<std::size_t> CrossoverReport::crossover() const {
  std::optional<std::size_t> from;
  for (auto size = sizes.rbegin(); size != sizes.rend() && !gpus.empty(); ++size) {
    if (size->gpu_seconds.at(gpus.front()) >= size->cpu_seconds) break;
    from = size->pairs;
  }
  return from;
}

double CrossoverReport::worst_auto_ratio() const {
  double worst = 0;
  for (const CrossoverSize& size : sizes) worst = std::max(worst, size.auto_ratio());
  return worst;
}

CrossoverReport run_crossover(const CrossoverArguments& arguments, const std::stop_token& stop) {
  check(arguments);
  return Crossover(arguments, stop).run();
}

}  // namespace anneal::cli
