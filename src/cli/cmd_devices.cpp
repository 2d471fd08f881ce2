#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cstdio>

#include "align/calibration_store.h"
#include "anneal/device.h"
#include "cli/command.h"
#include "cli/operations_table.h"
#include "cli/print.h"

namespace anneal::cli {
namespace {

constexpr OptionSpec options[] = {
    {.name = "ops",
     .group = "Output",
     .help = "list operations on arrays by backend instead: whether each is right on this machine, and how fast; takes "
             "some seconds where that is not known yet"},
    {.name = "json", .group = "Output", .help = "print a JSON array instead of a table"},
};

constexpr Example examples[] = {
    {.command = "anneal devices", .meaning = "what can this machine run on?"},
    {.command = "anneal devices --json", .meaning = "the same for a program"},
    {.command = "anneal devices --ops", .meaning = "which operations on arrays are right here, and how fast?"},
};

std::string json(const std::vector<Backend>& all) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const Backend& backend : all) {
    array.push_back({{"name", backend.name},
                     {"aliases", backend.aliases},
                     {"kind", backend.kind},
                     {"device", backend.device},
                     {"available", backend.available},
                     {"reason", backend.reason},
                     {"vector_bits", backend.vector_bits},
                     {"memory", backend.memory},
                     {"units", backend.units},
                     {"auto", align::auto_note(backend.name)}});
  }
  return array.dump(2) + "\n";
}

std::string table(const std::vector<Backend>& all) {
  std::string text = fmt::format("{:<9} {:<4} {:<9} {:>5} {:>6} {:>9}  {}\n", "BACKEND", "KIND", "AVAILABLE", "BITS",
                                 "UNITS", "MEMORY", "DEVICE");
  for (const Backend& backend : all) {
    std::string device = backend.device;
    if (!backend.aliases.empty()) device += fmt::format(" (also {})", fmt::join(backend.aliases, ", "));
    if (!backend.available) device += fmt::format(" - {}", backend.reason);
    if (const std::string note = align::auto_note(backend.name); !note.empty()) {
      device += fmt::format(" - auto: {}", note);
    }
    text += fmt::format("{:<9} {:<4} {:<9} {:>5} {:>6} {:>9}  {}\n", backend.name, backend.kind,
                        backend.available ? "yes" : "no",
                        backend.vector_bits > 0 ? std::to_string(backend.vector_bits) : "-",
                        backend.units > 0 ? std::to_string(backend.units) : "-",
                        backend.memory > 0 ? human_size(backend.memory) : "-", device);
  }
  return text;
}

}  // namespace

const CommandSpec devices_spec = {
    .name = "devices",
    .summary = "list the backends that this build knows, and whether they run here",
    .description =
        "Lists every backend that --backend accepts, with its device, its aliases and, where it cannot run on "
        "this machine, the reason; and what --backend auto, the default, made of a GPU when it last tried it.",
    .options = options,
    .examples = examples,
};

int run_devices(const Values& values) {
  if (values.given("ops")) {
    print(values.given("json") ? operations_json() : operations_table());
    return exit_done;
  }
  const std::vector<Backend> all = backends();
  print(values.given("json") ? json(all) : table(all));
  return exit_done;
}

}  // namespace anneal::cli
