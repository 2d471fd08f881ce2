#include "cli/view_arguments.h"

#include <fmt/core.h>

#include <sstream>
#include <string_view>

#include "anneal/error.h"
#include "anneal/io/alignment_record.h"
#include "cli/file_conflicts.h"
#include "cli/open_hts_file.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::uint16_t flags(const Values& values, const std::string& key) {
  if (!values.given(key)) return 0;
  try {
    return io::parse_alignment_flags(values.text(key));
  } catch (const Error& error) {
    refuse(fmt::format("--{}: {}", key, error.what()));
  }
}

ViewPart part(const Values& values) {
  const int given = values.given("header") + values.given("no-header") + values.given("header-only");
  if (given > 1) refuse("--header, --no-header and --header-only contradict each other; give one of them");
  if (values.given("count") && given > 0) refuse("--count prints a number and no header; leave one of them out");
  if (values.given("count")) return ViewPart::count;
  if (values.given("no-header")) return ViewPart::records;
  return values.given("header-only") ? ViewPart::header : ViewPart::everything;
}

std::vector<std::string> names(const Values& values, const std::string& key) {
  std::vector<std::string> result;
  std::istringstream text(values.text(key));
  for (std::string name; std::getline(text, name, ',');) {
    if (!name.empty()) result.push_back(name);
  }
  if (values.given(key) && result.empty())
    refuse(fmt::format("--{} names nothing; give names with commas between", key));
  return result;
}

void check_options(const Values& values) {
  if (values.given("no-pg") && values.given("pg-command")) {
    refuse("--no-pg leaves out the line that --pg-command writes to; give one of them");
  }
  if (!values.given("count")) return;
  for (const std::string_view key : {"format", "level", "cram-version", "no-pg", "pg-command"}) {
    if (values.given(key))
      refuse(fmt::format("--count prints a number, to which --{} does not apply; leave it out", key));
  }
}

}  // namespace

ViewArguments view_arguments(const Values& values) {
  const std::vector<std::string>& given = values.positionals();
  ViewArguments arguments{
      .input = given[0],
      .regions = {given.begin() + 1, given.end()},
      .regions_file = values.text("regions-file"),
      .output = values.text("o", "-"),
      .format = values.text("format"),
      .reference = values.text("reference"),
      .cram_version = values.text("cram-version"),
      .sort = sort_arguments(values),
      .compression_level = static_cast<int>(values.integer("level", -1)),
      .required_flags = flags(values, "require-flags"),
      .excluded_flags = flags(values, "exclude-flags"),
      .min_mapping_quality = static_cast<int>(values.integer("min-mapq", 0)),
      .filters = names(values, "filter"),
      .part = part(values),
      .program_line = !values.given("no-pg"),
      .command_line = values.given("pg-command") ? values.command_line() : "",
      .threads = static_cast<int>(values.integer("threads", usual_file_threads())),
  };
  check_options(values);
  if (values.given("min-quality")) arguments.min_quality = static_cast<float>(values.number("min-quality", 0));
  if (values.given("samples")) arguments.samples = names(values, "samples");
  if (arguments.sort && (arguments.part == ViewPart::header || arguments.part == ViewPart::count)) {
    refuse("--sort is for records, which --header-only and --count leave out; leave out one of them");
  }
  const InputFile inputs[] = {
      {"INPUT", arguments.input}, {"--regions-file", arguments.regions_file}, {"--reference", arguments.reference}};
  refuse_file_conflicts(inputs, arguments.output);
  return arguments;
}

void refuse_level(int level) {
  if (level < 0) return;
  refuse("--level is of compression, and the output is plain text; leave it out, or write a format that is compressed");
}

}  // namespace anneal::cli
