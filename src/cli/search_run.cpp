#include "cli/search_run.h"

#include <fmt/core.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "anneal/error.h"
#include "anneal/statistics.h"
#include "cli/block_search.h"
#include "cli/checkpoint.h"
#include "cli/database_source.h"
#include "cli/hit_report.h"
#include "cli/machine_arguments.h"
#include "cli/path_aligner.h"
#include "cli/print.h"
#include "cli/query_blocks.h"
#include "cli/resolve_options.h"
#include "cli/search_fingerprint.h"
#include "cli/search_output.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"

namespace anneal::cli {
namespace {

AlignOptions path_options(const SearchOptions& options) {
  return {.mode = Mode::local,
          .output = Output::path,
          .matrix = options.matrix,
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend};
}

// A query's hits with their sequences are taken to be some 2 KiB each, and as many as the database can have.
QueryBlockLimits block_limits(std::uint64_t memory, std::uint64_t top, std::uint64_t database_bytes) {
  constexpr std::uint64_t hit_bytes = 2048;
  constexpr std::uint64_t bytes_in_file = 64;  // of a sequence, compressed or not
  const std::uint64_t hits = database_bytes == 0 ? top : std::min(top, database_bytes / bytes_in_file + 1);
  return {.queries = std::clamp<std::uint64_t>(memory / 8 / hit_bytes / hits, 1, std::uint64_t{1} << 20),
          .bytes = memory / 8};
}

std::uint64_t bytes_of_file(const std::string& path) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  return error ? 0 : bytes;
}

// Both are written beside others under names of this process.
void remove_temporary_files(const SearchArguments& arguments) {
  remove_temporary_output(arguments.output_path);
  if (!arguments.checkpoint.empty())
    remove_temporary_output((std::filesystem::path(arguments.checkpoint) / "any").string());
}

class SearchRun {
 public:
  SearchRun(const SearchArguments& arguments, std::stop_token stop)
      : arguments_(arguments), stop_(std::move(stop)), queries_(arguments.query_path, false, stop_),
        database_(open_database(arguments.database_path, stop_)),
        database_bytes_(bytes_of_file(arguments.database_path)),
        alphabet_(resolve_alphabet(arguments.scoring, queries_, *database_)),
        options_(search_options_for(arguments, alphabet_.alphabet)), settings_(resolved_settings(arguments.settings)),
        paths_(settings_.backend, [this](const std::string& backend) { return make_path_aligner(backend); }),
        statistics_(Statistics::of(options_.matrix, options_.gap_open, options_.gap_extend, settings_.threads)),
        output_(arguments, options_, static_cast<std::size_t>(settings_.memory / 16)) {
    if (!arguments.checkpoint.empty()) {
      checkpoint_ = std::make_unique<Checkpoint>(arguments.checkpoint, fingerprint_of(arguments, options_),
                                                 arguments.resume, arguments.checkpoint_interval);
    }
  }

  void execute() {
    if (!arguments_.quiet) describe();
    QueryBlockLimits limits = block_limits(settings_.memory, options_.top, database_bytes_);
    if (checkpoint_) limits = checkpoint_->limits(limits);
    QueryBlocks blocks(queries_, limits);
    for (QueryBlock block; blocks.next(block);) {
      output_.write(output_of(block));
      queries_done_ += block.records.size();
    }
    output_.finish(queries_done_);
    if (!arguments_.quiet) print_warning(warning_);
  }

 private:
  std::unique_ptr<Aligner> make_path_aligner(const std::string& backend) const {
    AlignerSettings settings = settings_;
    settings.backend = backend;
    return std::make_unique<Aligner>(path_options(options_), settings);
  }

  void describe() const {
    print_message(fmt::format("backend {}, {}; {}; {}; memory {}", describe_backend(settings_.backend),
                              counted(settings_.threads, "thread"), alphabet_.note,
                              describe_scoring(options_.matrix, {options_.gap_open, options_.gap_extend}),
                              human_size(settings_.memory)));
    print_message(statistics_.unavailable_reason().empty()
                      ? fmt::format("E-values by {}", statistics_.source())
                      : fmt::format("no E-values: {}", statistics_.unavailable_reason()));
  }

  BlockOutput output_of(const QueryBlock& block) {
    if (!checkpoint_) return found_for(block, "");
    const std::string digest = digest_of(block.records);
    std::optional<BlockOutput> saved = checkpoint_->output_of(block.index);
    if (saved) {
      refuse_other_queries(saved->query_digest, digest, queries_.name());
      check_database(*saved);
      output_.begin(saved->targets, saved->letters);
      return *std::move(saved);
    }
    BlockOutput found = found_for(block, digest);
    checkpoint_->save(block.index, found);
    return found;
  }

  BlockOutput found_for(const QueryBlock& block, const std::string& digest) {
    output_.check_names(block.records);
    // A pipe cannot be read again, which is better known before the first block is done than after it.
    if (block.index > 0 || !block.is_last) database_->rewind();
    io::DistinctNames names;  // the same for every block, so that the first one looks at them
    BlockSearch search({.options = options_,
                        .settings = settings_,
                        .query_file = queries_.name(),
                        .query_digest = digest,
                        .checkpoint = checkpoint_.get(),
                        .database_bytes = database_bytes_,
                        .show_progress = !arguments_.quiet && !output_.is_terminal(),
                        .target_names = output_.is_sam() && !search_ ? &names : nullptr},
                       block, search_);
    search.run(*database_, stop_);
    BlockOutput output{.query_digest = digest,
                       .targets = search.hits().targets(),
                       .letters = search.hits().letters(),
                       .database_digest = search.database_digest()};
    check_database(output);
    output_.begin(output.targets, output.letters);
    HitReport report(paths_, statistics_, output_.writer(),
                     {.max_evalue = arguments_.max_evalue, .space = space_of(output)});
    report.append(output, block, search.hits(), search.targets(), {.stop = stop_});
    if (warning_.empty()) warning_ = search.hits().warning();
    if (warning_.empty()) warning_ = paths_.warning();
    return output;
  }

  // All blocks are searched for in the same sequences, also where the checkpoint is older than the file.
  void check_database(const BlockOutput& output) {
    if (!database_digest_) database_digest_ = output.database_digest;
    if (*database_digest_ != output.database_digest) refuse_other_database(database_->name());
  }

  SearchSpace space_of(const BlockOutput& output) const {
    return {.letters = arguments_.database_letters.value_or(output.letters),
            .sequences = arguments_.database_sequences.value_or(output.targets)};
  }

  const SearchArguments& arguments_;
  std::stop_token stop_;
  RecordStream queries_;
  std::unique_ptr<DatabaseSource> database_;
  std::uint64_t database_bytes_;  // of its file, 0 where that is not known
  ResolvedAlphabet alphabet_;
  SearchOptions options_;
  AlignerSettings settings_;
  PathAligner paths_;
  std::optional<Search> search_;  // of the block that was searched for last
  Statistics statistics_;
  SearchOutput output_;
  std::unique_ptr<Checkpoint> checkpoint_;
  std::optional<std::string> database_digest_;  // of the blocks so far
  std::string warning_;
  std::uint64_t queries_done_ = 0;
};

// Whatever it was that noticed the stop.
[[noreturn]] void throw_interrupted(const SearchArguments& arguments) {
  throw Error(ErrorCode::cancelled,
              arguments.checkpoint.empty()
                  ? "the search was interrupted"
                  : fmt::format("the search was interrupted; the same command with --resume goes on from '{}'",
                                arguments.checkpoint));
}

}  // namespace

void search_files(const SearchArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_files(arguments); });
  try {
    SearchRun(arguments, signals.token()).execute();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled) throw;
    throw_interrupted(arguments);
  }
}

}  // namespace anneal::cli
