#include "cli/search_benchmark.h"

#include <fmt/core.h>

#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "align/aligner_core.h"
#include "align/reverse_complement.h"
#include "anneal/error.h"
#include "base/median.h"
#include "cli/database_source.h"
#include "cli/print.h"
#include "cli/resolve_options.h"
#include "io/digest.h"
#include "search/encoded_sequences.h"
#include "search/engines.h"

namespace anneal::cli {
namespace {

using Hits = std::vector<std::vector<search::Hit>>;

io::RecordBatch read_all(auto& stream, std::uint64_t memory) {
  constexpr std::size_t at_a_time = std::size_t{1} << 20;
  io::RecordBatch records;
  while (stream.read(records, at_a_time)) {
    if (records.bytes() > memory / 4) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("bench holds the database in memory, and more than a quarter of --memory {} is more than "
                              "it takes; give a smaller one or more memory",
                              human_size(memory)));
    }
  }
  return records;
}

// Queries and targets as codes, on the strands that are searched.
class Workload {
 public:
  Workload(const io::RecordBatch& queries, const io::RecordBatch& targets, bool both_strands, const Aligner& aligner,
           const std::string& query_file, const std::string& target_file)
      : strands_per_query_(both_strands ? 2 : 1) {
    const align::Encoder encoder(aligner.options().matrix, Letters::ascii);
    device::cpu::Queue& threads = align::core_of(aligner).queue;
    std::vector<std::string_view> strands;
    for (const std::string_view query : queries.sequences()) {
      strands.push_back(query);
      if (!both_strands) continue;
      std::string& reverse = reverse_complements_.emplace_back(query);
      align::reverse_complement(query, reverse.data());
      strands.emplace_back(reverse);
    }
    refuse(queries_.assign(strands, encoder, threads), strands_per_query_, query_file);
    refuse(targets_.assign(targets.sequences(), encoder, threads), 1, target_file);
  }

  std::span<const std::string_view> strands() const { return queries_.views(); }
  std::span<const std::string_view> strands_of(std::size_t query) const {
    return queries_.views().subspan(query * strands_per_query_, strands_per_query_);
  }
  std::span<const std::string_view> targets() const { return targets_.views(); }
  std::uint64_t target_letters() const { return targets_.letters(); }
  std::uint64_t cells() const { return std::uint64_t{queries_.letters()} * targets_.letters(); }

 private:
  static void refuse(const std::optional<search::EncodedSequences::InvalidLetter>& invalid, std::size_t strands,
                     const std::string& file) {
    if (!invalid) return;
    throw Error(ErrorCode::invalid_input,
                fmt::format("record {} of {} has a byte that is no letter of the matrix; 'anneal search' says which",
                            invalid->sequence / strands + 1, file));
  }

  std::size_t strands_per_query_;
  std::deque<std::string> reverse_complements_;
  search::EncodedSequences queries_;
  search::EncodedSequences targets_;
};

double seconds_of(const auto& call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

std::uint64_t checksum_of(const Hits& hits) {
  io::Digest digest;
  for (const std::vector<search::Hit>& of_query : hits) {
    digest.add(of_query.size());
    for (const search::Hit& hit : of_query) {
      digest.add(static_cast<std::uint64_t>(hit.score));
      digest.add(hit.target);
    }
  }
  return std::stoull(digest.text().substr(0, 16), nullptr, 16);
}

class Measurement {
 public:
  Measurement(const Workload& workload, search::Engine& engine, std::size_t top, const std::stop_token& stop)
      : workload_(workload), engine_(engine), top_(top), control_{.stop = stop} {}

  double all_seconds() { return find(workload_.strands()); }
  double query_seconds(std::size_t query) { return find(workload_.strands_of(query)); }
  const Hits& hits() const { return hits_; }

 private:
  double find(std::span<const std::string_view> queries) {
    const std::vector<std::int32_t> least(queries.size(), 1);
    return seconds_of([&] { engine_.find(queries, least, top_, hits_, control_); });
  }

  const Workload& workload_;
  search::Engine& engine_;
  std::size_t top_;
  RunControl control_;
  Hits hits_;
};

}  // namespace

SearchBenchmarkReport run_search_benchmark(const AlignArguments& arguments, std::size_t top, int repeats,
                                           const std::stop_token& stop) {
  RecordStream query_stream(arguments.query_path, false, stop);
  const std::unique_ptr<DatabaseSource> database = open_database(arguments.target_path, stop);
  ResolvedOptions resolved = resolve_options(arguments, query_stream, *database);
  resolved.options.output = Output::score;
  // What it says about threads and memory holds for every backend.
  AlignerSettings on_cpu = arguments.settings;
  on_cpu.backend = "cpu";
  const Aligner aligner(resolved.options, on_cpu);
  const io::RecordBatch queries = read_all(query_stream, aligner.memory());
  const io::RecordBatch targets = read_all(*database, aligner.memory());
  const Workload workload(queries, targets, arguments.both_strands, aligner, query_stream.name(), database->name());

  const std::unique_ptr<search::Engine> engine = search::make_engine(resolved.options, arguments.settings);
  SearchBenchmarkReport report{.threads = aligner.threads(),
                               .repeats = repeats,
                               .targets = targets.size(),
                               .letters = workload.target_letters(),
                               .cells = workload.cells()};
  report.load_seconds = seconds_of([&] { engine->load(workload.targets()); });
  Measurement measurement(workload, *engine, top, stop);
  measurement.all_seconds();  // what is made at the first call is not measured
  report.backend = engine->name();
  std::vector<double> totals;
  std::vector<std::vector<double>> alone(queries.size());
  for (int repeat = 0; repeat < repeats; ++repeat) {
    totals.push_back(measurement.all_seconds());
    const std::uint64_t checksum = checksum_of(measurement.hits());
    if (repeat > 0 && checksum != report.checksum) {
      throw Error(ErrorCode::internal, "two repeats gave different hits; please report this with your command");
    }
    report.checksum = checksum;
    for (std::size_t query = 0; query < queries.size(); ++query) {
      alone[query].push_back(measurement.query_seconds(query));
    }
  }
  report.total_seconds = base::median(totals);
  for (std::size_t query = 0; query < queries.size(); ++query) {
    std::uint64_t letters = 0;
    for (const std::string_view strand : workload.strands_of(query)) letters += strand.size();
    report.queries.push_back({.name = std::string(queries[query].name),
                              .length = queries[query].sequence.size(),
                              .cells = letters * workload.target_letters(),
                              .seconds = base::median(alone[query])});
  }
  return report;
}

}  // namespace anneal::cli
