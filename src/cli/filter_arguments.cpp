#include "cli/filter_arguments.h"

#include <fmt/core.h>

#include <initializer_list>
#include <string_view>
#include <vector>

#include "anneal/error.h"
#include "base/cpu.h"
#include "cli/distinct_outputs.h"
#include "cli/file_conflicts.h"
#include "io/byte_sink.h"
#include "reads/adapter.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::size_t count_of(const Values& values, std::string_view key, std::size_t fallback) {
  return static_cast<std::size_t>(values.integer(key, static_cast<std::int64_t>(fallback)));
}

std::optional<std::size_t> optional_count(const Values& values, std::string_view key) {
  if (!values.given(key)) return std::nullopt;
  return count_of(values, key, 0);
}

reads::FilterOptions options_of(const Values& values) {
  const bool has_window = values.given("window-quality");
  return {.poly_g = count_of(values, "poly-g", 0),
          .quality_5 = static_cast<int>(values.integer("quality-5", 0)),
          .quality_3 = static_cast<int>(values.integer("quality-3", 0)),
          .window = has_window ? count_of(values, "window", 4) : 0,
          .window_quality = static_cast<int>(values.integer("window-quality", 0)),
          .adapter = values.text("adapter"),
          .adapter_2 = values.text("adapter-2"),
          .error_rate = values.number("error-rate", 0.1),
          .min_overlap = count_of(values, "min-overlap", 3),
          .min_length = count_of(values, "min-length", 1),
          .max_length = optional_count(values, "max-length"),
          .max_n = optional_count(values, "max-n"),
          .min_mean_quality = values.number("mean-quality", 0)};
}

std::string first_that_needs_quality(const Values& values) {
  for (const std::string_view key : {"quality-5", "quality-3", "window-quality", "mean-quality"}) {
    if (values.given(key)) return fmt::format("--{}", key);
  }
  return {};
}

void demand(const Values& values, std::string_view key, bool is_there, std::string_view what) {
  if (values.given(key) && !is_there) refuse(fmt::format("{}{} needs {}", key.size() > 1 ? "--" : "-", key, what));
}

void check_adapter(const Values& values, std::string_view key, const reads::FilterOptions& options) {
  if (!values.given(key)) return;
  try {
    const reads::Adapter adapter(values.text(key), options.error_rate, options.min_overlap);
  } catch (const Error& error) {
    refuse(fmt::format("--{}: {}", key, error.what()));
  }
}

void check_options(const FilterArguments& arguments, const Values& values) {
  if (arguments.interleaved && !arguments.mates_path.empty()) {
    refuse("--interleaved says that READS has both mates; leave it or MATES out");
  }
  demand(values, "O", arguments.paired(), "pairs: give MATES or --interleaved");
  demand(values, "adapter-2", arguments.paired(), "pairs: give MATES or --interleaved");
  demand(values, "window", values.given("window-quality"), "--window-quality");
  const bool compresses =
      io::is_compressed_name(arguments.output_path) || io::is_compressed_name(arguments.mates_output_path);
  demand(values, "compression-level", compresses,
         "an output that is compressed: give one that ends with .gz, .bgz or .zst");
  for (const std::string_view key : {"error-rate", "min-overlap"}) {
    demand(values, key, values.given("adapter") || values.given("adapter-2"), "--adapter or --adapter-2");
  }
  const auto& options = arguments.options;
  for (const std::string_view key : {"adapter", "adapter-2"}) check_adapter(values, key, options);
  if (options.max_length && *options.max_length < options.min_length) {
    refuse(fmt::format("--max-length {} is less than --min-length {}, so that no read would be left",
                       *options.max_length, options.min_length));
  }
}

void check_files(const FilterArguments& arguments) {
  const InputFile inputs[] = {{"READS", arguments.reads_path}, {"MATES", arguments.mates_path}};
  const OutputFile outputs[] = {
      {"-o", arguments.output_path}, {"-O", arguments.mates_output_path}, {"--json", arguments.json_path}};
  for (const auto& [option, path] : outputs) {
    if (!path.empty()) refuse_file_conflicts(inputs, std::string(path), option);
  }
  refuse_same_outputs(outputs);
}

}  // namespace

FilterArguments filter_arguments(const Values& values) {
  const std::vector<std::string>& inputs = values.positionals();
  FilterArguments arguments{
      .reads_path = inputs[0],
      .mates_path = inputs.size() > 1 ? inputs[1] : "",
      .interleaved = values.given("interleaved"),
      .options = options_of(values),
      .needs_quality = first_that_needs_quality(values),
      .output_path = values.text("o", "-"),
      .mates_output_path = values.text("O"),
      .compression_level = static_cast<int>(values.integer("compression-level", io::default_level)),
      .json_path = values.text("json"),
      .threads = static_cast<int>(values.integer("threads", base::usable_processors())),
      .quiet = values.given("quiet")};
  check_options(arguments, values);
  check_files(arguments);
  return arguments;
}

}  // namespace anneal::cli
