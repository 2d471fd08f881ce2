// The program: a table of commands.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "anneal/device.h"
#include "anneal/error.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/print.h"
#include "cli/signals.h"
#include "cli/standard_streams.h"
#include "device/cuda/runtime.h"
#include "device/metal/runtime.h"

namespace anneal::cli {
namespace {

constexpr Command table[] = {
    {align_spec, run_align},     {search_spec, run_search}, {map_spec, run_map},     {view_spec, run_view},
    {stats_spec, run_stats},     {filter_spec, run_filter}, {index_spec, run_index}, {bench_spec, run_bench},
    {devices_spec, run_devices}, {demo_spec, run_demo},     {docs_spec, run_docs},
};

std::string version_text() {
  const base::BuildInfo& build = base::build_info();
  std::vector<std::string> targets;
  for (const Backend& backend : backends()) targets.push_back(backend.name);
  return fmt::format("anneal {}\ncommit {}\ncompiler {}, {}\ntargets {}\n", build.version, build.commit, build.compiler,
                     build.build_type, fmt::join(targets, " "));
}

int run_command(const Command& command, const std::vector<std::string>& arguments) {
  const Values values = Values::parse(command.spec, arguments);
  if (values.help()) {
    print(command_help(command.spec));
    return exit_done;
  }
  if (values.empty() && !command.spec.positionals.empty()) {
    print(command_help(command.spec));
    return exit_bad_usage;
  }
  return command.run(values);
}

const Command& find_command(const std::string& name) {
  const auto found = std::ranges::find(table, name, [](const Command& command) { return command.spec.name; });
  if (found == std::end(table)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("unknown command '{}'; 'anneal --help' lists the commands", name));
  }
  return *found;
}

bool asks_for_help(const std::string& argument) {
  return argument == "--help" || argument == "-h" || argument == "help";
}

int run_help(const std::vector<std::string>& topics) {
  if (topics.size() > 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("unexpected argument '{}'; 'anneal help' takes one command", topics[1]));
  }
  print(topics.empty() || asks_for_help(topics[0]) ? program_help() : command_help(find_command(topics[0]).spec));
  return exit_done;
}

int run(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return run_help({});
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (arguments[0] == "help") return run_help(rest);
  if (asks_for_help(arguments[0])) return run_help({});
  if (arguments[0] == "--version") {
    print(version_text());
    return exit_done;
  }
  return run_command(find_command(arguments[0]), rest);
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid_argument:
    case ErrorCode::invalid_input:
      return exit_bad_usage;
    case ErrorCode::cancelled:
      return exit_code_of_stop();
    default:
      return exit_failed;
  }
}

int run_and_report(const std::vector<std::string>& arguments) {
  try {
    return run(arguments);
  } catch (const Error& error) {
    print_message(error.what());
    return exit_code(error.code());
  } catch (const std::bad_alloc&) {
    print_message("out of memory; a smaller --memory makes smaller batches");
  } catch (const std::exception& error) {
    print_message(error.what());
  }
  return exit_failed;
}

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace anneal::cli

int main(int argc, char** argv) {
  anneal::cli::reserve_standard_streams();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  // As many kernels of different streams at a time; 8 unless it is set before CUDA is first used.
  ::setenv("CUDA_DEVICE_MAX_CONNECTIONS", "32", 0);
  const int code = anneal::cli::run_and_report({argv + 1, argv + argc});
  // What ends with the process would wait for a device that hangs.
  if (anneal::device::cuda::is_poisoned() || anneal::device::metal::is_poisoned()) std::_Exit(code);
  return code;
}
