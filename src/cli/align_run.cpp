#include "cli/align_run.h"

#include <fmt/core.h>
#include <tbb/concurrent_queue.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "anneal/error.h"
#include "cli/aligned_chunk.h"
#include "cli/formatter.h"
#include "cli/letter_error.h"
#include "cli/machine_arguments.h"
#include "cli/memory_plan.h"
#include "cli/print.h"
#include "cli/progress.h"
#include "cli/resolve_options.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

class Run {
 public:
  Run(const AlignArguments& arguments, std::stop_token stop)
      : arguments_(arguments), stop_(std::move(stop)), queries_(arguments.query_path, false, stop_),
        targets_(arguments.target_path, arguments.all_vs_all || arguments.format == "sam", stop_),
        options_(resolve_options(arguments, queries_, targets_)), aligner_(options_.options, arguments.settings),
        plan_(plan_memory(aligner_.memory(), aligner_.threads(), arguments.both_strands ? 2 : 1)),
        output_(arguments.output_path),
        formatter_(arguments, aligner_.options(), output_.is_terminal() && std::getenv("NO_COLOR") == nullptr) {}

  void execute() {
    if (!arguments_.quiet) print_message(describe());
    output_.write(formatter_.header(targets_, plan_.chunk.bytes));
    source_ = arguments_.all_vs_all ? make_all_pairs_source(queries_, targets_, plan_.chunk, plan_.target_bytes)
                                    : make_paired_source(queries_, targets_, plan_.chunk);
    run_pipeline();
    output_.commit();
    progress_.clear();
    if (!arguments_.quiet) report_failures();
  }

 private:
  using ChunkPointer = AlignedChunk*;

  void report_failures() const {
    if (fallbacks_ > 0) {
      print_message(fmt::format("{} pairs were computed by another engine than {}{}{}", fallbacks_, failed_engine_,
                                warning_.empty() ? "" : ": ", warning_));
    } else {
      print_warning(warning_);
    }
  }

  std::string describe() const {
    return fmt::format(
        "backend {}, {}; {}; {}; memory {}: chunks of {}{}", describe_backend(aligner_.engine()),
        counted(aligner_.threads(), "thread"), options_.alphabet_note,
        describe_scoring(aligner_.options().matrix, {aligner_.options().gap_open, aligner_.options().gap_extend},
                         aligner_.options().second_gap),
        human_size(aligner_.memory()), human_size(plan_.chunk.bytes),
        arguments_.all_vs_all ? fmt::format(", targets of up to {} kept", human_size(plan_.target_bytes)) : "");
  }

  void run_pipeline() {
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              static_cast<std::size_t>(aligner_.threads()));
    tbb::task_arena arena(aligner_.threads());
    arena.execute([this] {
      tbb::parallel_pipeline(
          plan_.chunks,
          tbb::make_filter<void, ChunkPointer>(tbb::filter_mode::serial_in_order,
                                               [this](tbb::flow_control& control) { return read(control); }) &
              tbb::make_filter<ChunkPointer, ChunkPointer>(tbb::filter_mode::serial_in_order,
                                                           [this](ChunkPointer chunk) { return align(chunk); }) &
              tbb::make_filter<ChunkPointer, ChunkPointer>(tbb::filter_mode::parallel,
                                                           [this](ChunkPointer chunk) { return format(chunk); }) &
              tbb::make_filter<ChunkPointer, void>(tbb::filter_mode::serial_in_order,
                                                   [this](ChunkPointer chunk) { write(chunk); }));
    });
  }

  ChunkPointer read(tbb::flow_control& control) {
    ChunkPointer chunk = take_free_chunk();
    chunk->input.clear();
    if (!source_->next(chunk->input)) control.stop();
    return chunk;
  }

  ChunkPointer align(ChunkPointer chunk) {
    try {
      chunk->prepare(arguments_.both_strands);
      chunk->align(aligner_, arguments_.h0, {.stop = stop_});
    } catch (const LetterError& error) {
      rethrow_with_names(error, chunk->input, queries_.name(), targets_.name());
    }
    return chunk;
  }

  ChunkPointer format(ChunkPointer chunk) const {
    chunk->text.clear();
    formatter_.append(chunk->text, *chunk);
    return chunk;
  }

  void write(ChunkPointer chunk) {
    output_.write(chunk->text);
    if (chunk->results().fallbacks > 0) failed_engine_ = chunk->results().engine;
    fallbacks_ += chunk->results().fallbacks;
    if (warning_.empty()) warning_ = chunk->results().warning;
    progress_.add(chunk->input.pairs.size());
    chunk->input.clear();
    free_chunks_.push(chunk);
  }

  ChunkPointer take_free_chunk() {
    ChunkPointer chunk = nullptr;
    if (free_chunks_.try_pop(chunk)) return chunk;
    return chunks_.emplace_back(std::make_unique<AlignedChunk>()).get();
  }

  const AlignArguments& arguments_;
  std::stop_token stop_;
  RecordStream queries_;
  RecordStream targets_;
  ResolvedOptions options_;
  Aligner aligner_;
  MemoryPlan plan_;
  io::Output output_;
  Formatter formatter_;
  Progress progress_{!arguments_.quiet && !output_.is_terminal()};
  std::unique_ptr<PairSource> source_;
  std::uint64_t fallbacks_ = 0;
  std::string failed_engine_;
  std::string warning_;
  std::vector<std::unique_ptr<AlignedChunk>> chunks_;  // owned here, touched by the serial reader only
  tbb::concurrent_queue<ChunkPointer> free_chunks_;
};

}  // namespace

void align_files(const AlignArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_output(arguments.output_path); });
  Run(arguments, signals.token()).execute();
}

}  // namespace anneal::cli
