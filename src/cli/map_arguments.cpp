#include "cli/map_arguments.h"

#include <fmt/format.h>

#include "anneal/error.h"
#include "base/cpu.h"
#include "cli/file_conflicts.h"
#include "cli/machine_arguments.h"
#include "cli/map_insert_sizes.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::optional<io::AlignmentFormat> output_format(const Values& values) {
  const std::string path = values.text("o", "-");
  if (values.given("format")) return io::find_alignment_format(values.text("format"));
  if (path == "-") return io::AlignmentFormat::sam;
  if (path.ends_with(".paf")) return std::nullopt;
  if (const auto format = io::alignment_format_of(path)) return format;
  refuse(fmt::format("-o '{}' ends in none of .sam, .sam.gz, .bam, .cram and .paf; say the format by --format", path));
}

std::optional<InsertSizes> given_insert_sizes(const Values& values) {
  if (!values.given("insert-size")) return std::nullopt;
  return parse_insert_sizes(values.text("insert-size"));
}

std::string read_group_line(const Values& values) {
  std::string line = values.text("R");
  if (line.empty()) return line;
  for (std::size_t at = 0; (at = line.find("\\t", at)) != std::string::npos; ++at) line.replace(at, 2, 1, '\t');
  if (!line.starts_with("@RG\t") || line.find("\tID:") == std::string::npos) {
    refuse(fmt::format("-R '{}' is no read group; give '@RG\\tID:run1\\tSM:ann', with an ID", values.text("R")));
  }
  return line;
}

std::string read_group_id(const std::string& line) {
  const std::size_t field = line.find("\tID:");
  if (field == std::string::npos) return {};
  const std::size_t begin = field + 4;
  return line.substr(begin, line.find('\t', begin) - begin);
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

void check(const MapArguments& arguments) {
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
                                     .cs = cs_tag(values)},
                         .sort = sort_arguments(values),
                         .read_group_line = read_group_line(values),
                         .compression_level = static_cast<int>(values.integer("level", -1)),
                         .cram_reference = values.text("reference"),
                         .command_line = values.given("pg-command") ? values.command_line() : "",
                         .settings = machine_arguments(values),
                         .threads = static_cast<int>(values.integer("threads", base::usable_processors())),
                         .quiet = values.given("quiet")};
  arguments.records.read_group = read_group_id(arguments.read_group_line);
  check(arguments);
  return arguments;
}

}  // namespace anneal::cli
