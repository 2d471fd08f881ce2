#include "cli/map_arguments.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"
#include "base/cpu.h"
#include "cli/alignment_output.h"
#include "cli/file_conflicts.h"
#include "cli/machine_arguments.h"
#include "cli/map_insert_sizes.h"
#include "cli/read_group.h"
#include "cli/view_arguments.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::optional<io::AlignmentFormat> output_format(const Values& values) {
  const std::string path = values.text("o", "-");
  if (values.given("format")) return io::find_alignment_format(values.text("format"));
  if (path.ends_with(".paf") || path.ends_with(".paf.gz") || path.ends_with(".paf.bgz")) return std::nullopt;
  if (const auto format = format_by_name(path)) return format;
  refuse(fmt::format("-o '{}' ends in none of .sam, .sam.gz, .bam, .cram, .paf and .paf.gz; say the format by --format",
                     path));
}

std::optional<InsertSizes> given_insert_sizes(const Values& values) {
  if (!values.given("insert-size")) return std::nullopt;
  return parse_insert_sizes(values.text("insert-size"));
}

ReadGroupLine read_group(const Values& values) {
  return values.given("R") ? parse_read_group(values.text("R")) : ReadGroupLine{};
}

map::CsTag cs_tag(const Values& values) {
  const std::string form = values.text("cs", "none");
  if (form == "none") return map::CsTag::none;
  return form == "long" ? map::CsTag::long_form : map::CsTag::short_form;
}

void check_sort(const MapArguments& arguments) {
  if (!arguments.sort) return;
  if (!arguments.format) refuse("--sort is for SAM, BAM and CRAM, and PAF comes as reads come; leave it out");
  written_index(*arguments.sort, arguments.output_path, *arguments.format);
}

bool is_compressed(const MapArguments& arguments) {
  if (arguments.format) return *arguments.format != io::AlignmentFormat::sam;
  return arguments.output_path.ends_with(".gz") || arguments.output_path.ends_with(".bgz");
}

void check_format(const Values& values, const MapArguments& arguments) {
  if (!is_compressed(arguments)) refuse_level(arguments.compression_level);
  if (arguments.format) return;
  const std::pair<const char*, const char*> options[] = {{"R", "-R"}, {"Y", "-Y"}, {"pg-command", "--pg-command"}};
  for (const auto& [key, name] : options) {
    if (!values.given(key)) continue;
    refuse(fmt::format("{} is for SAM, BAM and CRAM, and the output is PAF; leave it out, or ask for SAM by --format",
                       name));
  }
}

void check(const Values& values, const MapArguments& arguments) {
  check_format(values, arguments);
  check_sort(arguments);
  if (arguments.interleaved && !arguments.mates_path.empty()) {
    refuse("--interleaved says that READS has both mates; leave it or MATES out");
  }
  if (arguments.paired() && arguments.preset != MapPreset::sr) {
    refuse(fmt::format("-x {} is for long reads, which come without mates; leave MATES and --interleaved out",
                       name_of(arguments.preset)));
  }
  if (arguments.insert_sizes && !arguments.paired()) {
    refuse("--insert-size is of pairs; give MATES or --interleaved, too, or leave it out");
  }
  if (!arguments.cram_reference.empty() && arguments.format != io::AlignmentFormat::cram) {
    refuse("--reference is for CRAM; give it with -o x.cram, or leave it out");
  }
  const InputFile inputs[] = {{"REF", arguments.reference_path},
                              {"READS", arguments.reads_path},
                              {"MATES", arguments.mates_path},
                              {"--reference", arguments.cram_reference}};
  refuse_file_conflicts(inputs, arguments.output_path);
}

}  // namespace

MapPreset map_preset(const Values& values) { return find_map_preset(values.text("x")).value_or(MapPreset::sr); }

MapArguments map_arguments(const Values& values) {
  const std::vector<std::string>& inputs = values.positionals();
  const ReadGroupLine group = read_group(values);
  MapArguments arguments{.reference_path = inputs[0],
                         .reads_path = inputs[1],
                         .mates_path = inputs.size() > 2 ? inputs[2] : "",
                         .interleaved = values.given("interleaved"),
                         .preset = map_preset(values),
                         .insert_sizes = given_insert_sizes(values),
                         .output_path = values.text("o", "-"),
                         .format = output_format(values),
                         .records = {.with_equality = values.given("eqx"),
                                     .soft_clips = values.given("Y"),
                                     .md = values.given("md"),
                                     .cs = cs_tag(values),
                                     .read_group = group.id},
                         .sort = sort_arguments(values),
                         .read_group_line = group.line,
                         .compression_level = static_cast<int>(values.integer("level", -1)),
                         .cram_reference = values.text("reference"),
                         .command_line = values.given("pg-command") ? values.command_line() : "",
                         .settings = machine_arguments(values),
                         .threads = static_cast<int>(values.integer("threads", base::usable_processors())),
                         .quiet = values.given("quiet")};
  check(values, arguments);
  return arguments;
}

}  // namespace anneal::cli
