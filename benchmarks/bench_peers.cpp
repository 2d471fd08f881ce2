// Times anneal and other aligners on the same pairs, in turns, on one core of one process.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "contests.h"
#include "report.h"

#if defined(__linux__)
#include <sched.h>
#endif

namespace {

using namespace anneal::bench;

struct Arguments {
  std::size_t pairs = 20'000;
  std::size_t checked = 2'000;
  std::size_t keep = 3;
  int rounds = 5;
  std::vector<std::string> contests = contest_names();
  std::vector<std::string> backends;
  std::vector<std::string> files;
  std::vector<std::string> global_files;
  std::string json;
};

void pin_to_this_core() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &set);
  sched_setaffinity(0, sizeof(set), &set);
#endif
}

Workload load(const std::vector<std::string>& files, std::size_t pairs, Span span) {
  return files.empty() ? simulated_reads(pairs, span) : read_fasta_pairs(files[0], files[1], pairs);
}

void run(const Arguments& arguments) {
  const Workload windows = load(arguments.files, arguments.pairs, Span::window);
  const Workload spans = load(arguments.global_files, arguments.pairs, Span::exact);
  nlohmann::json report = describe_run();
  report["contests"] = nlohmann::json::array();
  for (const std::string& name : arguments.contests) {
    Contest contest = make_contest(name, windows, spans, arguments.backends);
    qualify(contest, arguments.checked, arguments.keep);
    compete(contest, arguments.rounds);
    fmt::print("{}", table(contest));
    std::fflush(stdout);
    report["contests"].push_back(to_json(contest));
  }
  if (arguments.json.empty()) return;
  std::ofstream file(arguments.json);
  file << report.dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + arguments.json);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Times anneal and other aligners on the same pairs, in turns, on one core. Answers are checked first.");
  app.add_option("--pairs", arguments.pairs, "pairs per round")->check(CLI::PositiveNumber)->capture_default_str();
  app.add_option("--checked", arguments.checked, "pairs on which every kernel is checked and timed first")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--keep", arguments.keep, "kernels of each peer that are timed")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--rounds", arguments.rounds, "rounds; the median counts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--contest", arguments.contests, "which contests to run (default: all)")
      ->check(CLI::IsMember(contest_names()));
  app.add_option("--backend", arguments.backends, "backends of anneal (default: every available one but scalar)");
  app.add_option("--files", arguments.files, "FASTA files of queries and targets instead of simulated reads")
      ->expected(2);
  app.add_option("--global-files", arguments.global_files, "the same for the global contests")->expected(2);
  app.add_option("--json", arguments.json, "write every figure to this file");
  CLI11_PARSE(app, argc, argv);
  try {
    pin_to_this_core();
    run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_peers: {}\n", error.what());
    return 1;
  }
  return 0;
}
