// Times anneal and other aligners on the same pairs, in turns, on one core of one process.
#include <fmt/core.h>

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
  ContestInput input;
  std::uint64_t checked_cells = 50'000'000;
  std::size_t keep = 3;
  int rounds = 7;
  std::vector<std::string> contests = contest_names();
  std::vector<std::string> plugins;
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

void run(Arguments& arguments) {
  for (const std::string& file : arguments.plugins) arguments.input.plugins.emplace_back(file);
  nlohmann::json report = describe_run();
  report["contests"] = nlohmann::json::array();
  fmt::print("{}", headline(report));
  for (const std::string& name : arguments.contests) {
    Contest contest = make_contest(name, arguments.input);
    qualify(contest, arguments.checked_cells, arguments.keep);
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
  app.add_option("--pairs", arguments.input.pairs, "pairs of 150 bp per round; of longer ones, as many cells")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--checked", arguments.checked_cells, "cells on which every kernel is checked and timed first")
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
  app.add_option("--backend", arguments.input.backends, "backends of anneal (default: every available one but scalar)");
  app.add_flag("!--no-peers", arguments.input.peers, "time anneal alone");
  app.add_option("--plugin", arguments.plugins, "a shared library with another peer, as benchmarks/peers/plugin.h says")
      ->expected(1)
      ->take_all();
  app.add_option("--files", arguments.input.files, "FASTA files of queries and targets instead of reads in windows")
      ->expected(2);
  app.add_option("--global-files", arguments.input.span_files, "the same for the global contests")->expected(2);
  app.add_option("--search-files", arguments.input.search_files,
                 "FASTA files of one query and of targets for the search")
      ->expected(2);
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
