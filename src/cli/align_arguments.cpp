#include "cli/align_arguments.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>
#include <utility>

#include "anneal/error.h"
#include "cli/align_options.h"
#include "cli/file_conflicts.h"
#include "cli/machine_arguments.h"
#include "io/record_writer.h"

namespace anneal::cli {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

template <typename Enum>
Enum choice(const Values& values, std::string_view key, std::span<const std::string_view> choices) {
  const auto index = std::ranges::find(choices, values.text(key, choices.front())) - choices.begin();
  return static_cast<Enum>(index);
}

FreeEnds free_ends(const std::string& list) {
  if (list == "none") return {false, false, false, false};
  if (list.find("none") != std::string::npos) refuse("--free-ends none stands alone");
  const auto has = [&](std::string_view end) { return list.find(end) != std::string::npos; };
  return {has("qb"), has("qe"), has("tb"), has("te")};
}

Output output_level(const Values& values) {
  const std::string text = values.text("output", "path");
  return text == "score" ? Output::score : text == "end" ? Output::end : Output::path;
}

std::optional<GapCost> second_gap(const Values& values) {
  if (values.given("gap-open2") != values.given("gap-extend2")) refuse("--gap-open2 and --gap-extend2 go together");
  if (!values.given("gap-open2")) return std::nullopt;
  return GapCost{static_cast<int>(values.integer("gap-open2", 0)), static_cast<int>(values.integer("gap-extend2", 0))};
}

void check_mode(const AlignArguments& arguments, const Values& values) {
  if (arguments.mode == Mode::extend) {
    if (!values.given("h0")) refuse("--mode extend needs --h0, the score of the seed, at least 1");
    if (arguments.scoring.gap_extend == 0) refuse("--mode extend needs --gap-extend of at least 1, not 0");
  } else {
    if (values.given("h0")) refuse("--h0 is for --mode extend only");
  }
  for (const std::string_view key : {"zdrop", "end-bonus"}) {
    if (values.given(key) && !is_extension(arguments.mode)) {
      refuse(fmt::format("--{} is for --mode extend and extend-ksw2 only", key));
    }
  }
  const bool is_ksw2 = arguments.mode == Mode::extend_ksw2;
  if (arguments.second_gap && !is_ksw2 && arguments.mode != Mode::global) {
    refuse("--gap-open2 is for --mode global and extend-ksw2 only");
  }
  if (arguments.gap_placement != GapPlacement::leftmost && !is_ksw2) {
    refuse("--gap-placement is for --mode extend-ksw2 only");
  }
  if (arguments.second_best_distance && arguments.mode != Mode::local) {
    refuse("--second-best is for --mode local only");
  }
  if (arguments.second_best_distance && arguments.output == Output::score) {
    refuse("--second-best counts from where the best alignment ends: it needs --output end or path, not score");
  }
  if (values.given("free-ends") && arguments.mode != Mode::ends_free) {
    refuse("--free-ends is for --mode ends-free only");
  }
}

void check_format(const AlignArguments& arguments, std::string_view output) {
  if (io::find_record_format(arguments.format).needs_path && arguments.output != Output::path) {
    refuse(fmt::format("-f {} needs --output path, not {}; -f tsv, -f jsonl and -f pretty take any", arguments.format,
                       output));
  }
  if (!arguments.pg_command.empty() && arguments.format != "sam") refuse("--pg-command is for -f sam only");
}

}  // namespace

AlignArguments align_arguments(const Values& values, std::size_t query, bool writes_alignments) {
  AlignArguments arguments;
  if (values.positionals().size() > query + 1) {
    arguments.query_path = values.positionals()[query];
    arguments.target_path = values.positionals()[query + 1];
  }
  arguments.all_vs_all = values.given("all-vs-all");
  arguments.both_strands = values.text("strand") == "both";
  arguments.mode = choice<Mode>(values, "mode", mode_choices);
  arguments.free_ends = free_ends(values.text("free-ends", "qb,qe,tb,te"));
  arguments.output = output_level(values);
  arguments.band = static_cast<int>(values.integer("band", -1));
  arguments.zdrop = static_cast<int>(values.integer("zdrop", 0));
  arguments.end_bonus = static_cast<int>(values.integer("end-bonus", 0));
  arguments.second_gap = second_gap(values);
  arguments.gap_placement = choice<GapPlacement>(values, "gap-placement", placement_choices);
  arguments.min_score = static_cast<std::int32_t>(values.integer("min-score", arguments.min_score));
  if (values.given("second-best")) arguments.second_best_distance = static_cast<int>(values.integer("second-best", 0));
  arguments.h0 = static_cast<std::int32_t>(values.integer("h0", 0));
  arguments.scoring = scoring_arguments(values);
  arguments.format = values.text("format", arguments.format);
  arguments.eqx = values.given("eqx");
  if (values.given("pg-command")) arguments.pg_command = values.command_line();
  arguments.output_path = values.text("o", "-");
  arguments.quiet = values.given("quiet");
  arguments.settings = machine_arguments(values);

  const InputFile inputs[] = {
      {"QUERY", arguments.query_path}, {"TARGET", arguments.target_path}, {"--matrix", arguments.scoring.matrix}};
  refuse_file_conflicts(inputs, arguments.output_path);
  check_mode(arguments, values);
  if (writes_alignments) check_format(arguments, values.text("output"));
  if (arguments.both_strands && stated_alphabet(arguments.scoring) == Alphabet::protein) {
    refuse("--strand both is for DNA; protein has no reverse complement");
  }
  return arguments;
}

AlignOptions options_for(const AlignArguments& arguments, Alphabet alphabet) {
  if (arguments.both_strands && alphabet == Alphabet::protein) {
    refuse("--strand both is for DNA and these sequences look like protein; leave it out or use --alphabet dna");
  }
  Scoring scoring = scoring_for(arguments.scoring, alphabet);
  AlignOptions options{.mode = arguments.mode,
                       .output = arguments.output,
                       .matrix = std::move(scoring.matrix),
                       .gap_open = scoring.gap_open,
                       .gap_extend = scoring.gap_extend,
                       .second_gap = arguments.second_gap,
                       .gap_placement = arguments.gap_placement,
                       .free_ends = arguments.free_ends,
                       .band = arguments.band,
                       .zdrop = arguments.zdrop,
                       .end_bonus = arguments.end_bonus,
                       .second_best_distance = arguments.second_best_distance,
                       .min_score = arguments.min_score};
  validate(options);
  return options;
}

}  // namespace anneal::cli
