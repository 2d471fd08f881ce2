#include "cli/search_arguments.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "cli/file_conflicts.h"
#include "cli/machine_arguments.h"
#include "cli/search_options.h"
#include "io/hit_writer.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::optional<Strand> strand(const Values& values) {
  if (!values.given("strand")) return std::nullopt;
  const auto* const found = std::ranges::find(search_strand_choices, values.text("strand"));
  return static_cast<Strand>(found - std::begin(search_strand_choices));
}

std::optional<std::uint64_t> optional_count(const Values& values, std::string_view key) {
  if (!values.given(key)) return std::nullopt;
  return static_cast<std::uint64_t>(values.integer(key, 0));
}

void check_checkpoint(const SearchArguments& arguments, const Values& values) {
  if (!arguments.checkpoint.empty()) return;
  for (const std::string_view key : {"resume", "checkpoint-every"}) {
    if (values.given(key)) refuse(fmt::format("--{} needs --checkpoint, the folder that holds what was found", key));
  }
}

}  // namespace

SearchArguments search_arguments(const Values& values, std::size_t query) {
  SearchArguments arguments{.query_path = values.positionals()[query],
                            .database_path = values.positionals()[query + 1],
                            .scoring = scoring_arguments(values),
                            .top = static_cast<std::size_t>(values.integer("top", 25)),
                            .max_evalue = values.number("evalue", 10),
                            .min_score = static_cast<std::int32_t>(values.integer("min-score", 1)),
                            .strand = strand(values),
                            .database_letters = optional_count(values, "db-letters"),
                            .database_sequences = optional_count(values, "db-sequences"),
                            .eqx = values.given("eqx"),
                            .pg_command = values.given("pg-command") ? values.command_line() : "",
                            .output_path = values.text("o", "-"),
                            .checkpoint = values.text("checkpoint"),
                            .checkpoint_interval = std::chrono::seconds(values.integer("checkpoint-every", 60)),
                            .resume = values.given("resume"),
                            .settings = machine_arguments(values),
                            .quiet = values.given("quiet")};
  const io::HitFormatChoice choice = io::parse_hit_format(values.text("outfmt", "6"));
  arguments.format = choice.format.name;
  arguments.fields = choice.fields;
  const InputFile inputs[] = {
      {"QUERY", arguments.query_path}, {"DB", arguments.database_path}, {"--matrix", arguments.scoring.matrix}};
  refuse_file_conflicts(inputs, arguments.output_path);
  check_checkpoint(arguments, values);
  if (!arguments.pg_command.empty() && arguments.format != "sam") refuse("--pg-command is for --outfmt sam only");
  return arguments;
}

SearchOptions search_options_for(const SearchArguments& arguments, Alphabet alphabet) {
  const bool dna = alphabet == Alphabet::dna;
  const Strand strand = arguments.strand.value_or(dna ? Strand::both : Strand::forward);
  if (!dna && strand != Strand::forward) {
    refuse(
        "--strand reverse and both are for DNA, and these sequences are protein; leave it out or use --alphabet dna");
  }
  Scoring scoring = scoring_for(arguments.scoring, alphabet);
  SearchOptions options{.matrix = std::move(scoring.matrix),
                        .gap_open = scoring.gap_open,
                        .gap_extend = scoring.gap_extend,
                        .top = arguments.top,
                        .min_score = arguments.min_score,
                        .strand = strand};
  validate(options);
  return options;
}

}  // namespace anneal::cli
