// The commands of the program; main.cpp lists them, one cmd_<name>.cpp defines each.
#pragma once

#include <span>
#include <string>

#include "cli/option_table.h"
#include "cli/values.h"

namespace anneal::cli {

enum ExitCode { exit_done = 0, exit_failed = 1, exit_bad_usage = 2 };

struct Command {
  const CommandSpec& spec;
  int (*run)(const Values& values);  ///< returns the exit code; throws anneal::Error
};

extern const CommandSpec align_spec;
extern const CommandSpec bench_spec;
extern const CommandSpec demo_spec;
extern const CommandSpec devices_spec;
extern const CommandSpec docs_spec;
extern const CommandSpec filter_spec;
extern const CommandSpec index_spec;
extern const CommandSpec map_spec;
extern const CommandSpec search_spec;
extern const CommandSpec view_spec;
extern const CommandSpec stats_spec;

int run_align(const Values& values);
int run_bench(const Values& values);
int run_demo(const Values& values);
int run_devices(const Values& values);
int run_docs(const Values& values);
int run_filter(const Values& values);
int run_index(const Values& values);
int run_map(const Values& values);
int run_search(const Values& values);
int run_view(const Values& values);
int run_stats(const Values& values);

/// Every command, hidden ones included.
std::span<const Command> commands();

}  // namespace anneal::cli
