#include "contests.h"

#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

#include "peers/peers.h"
#include "simulate.h"

namespace anneal::bench {
namespace {

struct Costs {
  int match, mismatch, gap_open, gap_extend;
};

constexpr Costs dna_costs{1, 4, 6, 1}, unit_costs{0, 1, 0, 1}, long_read_costs{2, 4, 4, 2};

AlignOptions options_of(Mode mode, Output output, const Costs& costs = dna_costs) {
  AlignOptions options;
  options.mode = mode;
  options.output = output;
  options.matrix = SubstitutionMatrix::match_mismatch(costs.match, costs.mismatch);
  options.gap_open = costs.gap_open;
  options.gap_extend = costs.gap_extend;
  return options;
}

// z-drop and end bonus are bwa mem's.
AlignOptions extension_options() {
  AlignOptions options = options_of(Mode::extend, Output::end);
  options.band = 100;
  options.zdrop = 100;
  options.end_bonus = 5;
  return options;
}

// minimap2's, of long reads.
AlignOptions two_piece_options(Mode mode) {
  AlignOptions options = options_of(mode, Output::path, long_read_costs);
  options.second_gap = GapCost{24, 1};
  options.band = 500;
  if (mode == Mode::extend_ksw2) options.zdrop = 400;
  return options;
}

// ... and of short ones.
AlignOptions short_two_piece_options() {
  AlignOptions options = options_of(Mode::extend_ksw2, Output::path, {2, 8, 12, 2});
  options.second_gap = GapCost{24, 1};
  options.band = 150;
  options.zdrop = 100;
  options.end_bonus = 10;
  return options;
}

AlignOptions banded_options() {
  AlignOptions options = options_of(Mode::global, Output::path, long_read_costs);
  options.band = 500;
  return options;
}

AlignOptions protein_options() {
  AlignOptions options = options_of(Mode::local, Output::end);
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  options.gap_open = 11;
  options.gap_extend = 1;
  return options;
}

AlignOptions search_options() {
  AlignOptions options = protein_options();
  options.output = Output::score;
  return options;
}

struct Kind {
  const char* name;
  const char* about;
  AlignOptions options;
  Workload (*pairs)(std::size_t count);
  std::size_t length_factor = 1;  // how many times the cells of a 150 bp pair
  bool small_batches = false;
};

const std::vector<Kind>& kinds() {
  static constexpr const char *windows = "150 bp in 150 to 200 bp, 2 to 5 % errors", *spans = "150 bp, 2 to 5 % errors";
  static const AlignOptions local_end = options_of(Mode::local, Output::end);
  static const AlignOptions local_path = options_of(Mode::local, Output::path);
  static const std::vector<Kind> all = {
      {"local end", windows, local_end, reads_in_windows},
      {"local path", windows, local_path, reads_in_windows},
      {"unrelated end", "150 bp and 150 to 200 bp, random", local_end, unrelated_pairs},
      {"mixed end", "50 to 500 bp in windows up to a third longer", local_end, mixed_reads, 3},
      {"mixed path", "50 to 500 bp in windows up to a third longer", local_path, mixed_reads, 3},
      {"small batches end", windows, local_end, reads_in_windows, 1, true},
      {"small batches path", windows, local_path, reads_in_windows, 1, true},
      {"global score", spans, options_of(Mode::global, Output::score), reads_with_spans},
      {"global path", spans, options_of(Mode::global, Output::path), reads_with_spans},
      {"unit score", spans, options_of(Mode::global, Output::score, unit_costs), reads_with_spans},
      {"unit path", spans, options_of(Mode::global, Output::path, unit_costs), reads_with_spans},
      {"extend", "150 bp along 180 bp, h0 19 to 27", extension_options(), extensions_150},
      {"short extend", "100 bp along 120 bp, h0 19 to 27", extension_options(), extensions_100},
      {"1 kbp local path", "1 kbp, 10 % errors", local_path, reads_of_1_kbp, 40},
      {"10 kbp band path", "10 kbp, 10 % errors", banded_options(), reads_of_10_kbp, 312},
      {"two-piece global path", "100 to 5,000 bp, 10 % errors", two_piece_options(Mode::global), fills_of_long_reads,
       100},
      {"short ksw2 extension", "20 to 150 bp along 30 to 150 bp more, 2 to 5 % errors", short_two_piece_options(),
       extensions_of_short_reads},
      {"ksw2 extension", "100 to 2,000 bp along 30 to 150 bp more, 10 % errors", two_piece_options(Mode::extend_ksw2),
       extensions_of_long_reads, 40},
      {"protein end", "proteins of mean length 360, a quarter related", protein_options(), proteins, 5},
      {"search", "one protein of 375 with many, one in 100 related", search_options(), one_protein, 5},
      {"one protein end", "one protein of 375 with many, one in 100 related", protein_options(), one_protein, 5},
  };
  return all;
}

std::string scoring_in_words(const AlignOptions& options) {
  std::string text =
      options.matrix.alphabet() == Alphabet::protein
          ? options.matrix.name()
          : fmt::format("match {}, mismatch {}", options.matrix.score(0, 0), -options.matrix.score(0, 1));
  text += fmt::format(", gap of n: {} + {}n", options.gap_open, options.gap_extend);
  if (options.second_gap) text += fmt::format(" or {} + {}n", options.second_gap->open, options.second_gap->extend);
  if (options.band >= 0) text += fmt::format(", band {}", options.band);
  if (options.zdrop > 0) text += fmt::format(", z-drop {}, end bonus {}", options.zdrop, options.end_bonus);
  return text;
}

bool reads_search_files(const Kind& kind, const ContestInput& input) {
  return kind.options.output == Output::score && kind.pairs == one_protein && !input.search_files.empty();
}

Workload workload_of(const Kind& kind, const ContestInput& input) {
  if (kind.pairs == reads_in_windows && !input.files.empty()) {
    return read_fasta_pairs(input.files[0], input.files[1], input.pairs);
  }
  if (kind.pairs == reads_with_spans && !input.span_files.empty()) {
    return read_fasta_pairs(input.span_files[0], input.span_files[1], input.pairs);
  }
  if (reads_search_files(kind, input)) {
    return read_fasta_search(input.search_files[0], input.search_files[1], input.pairs);
  }
  return kind.pairs(std::max<std::size_t>(1, input.pairs / kind.length_factor));
}

}  // namespace

std::vector<std::string> contest_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.emplace_back(kind.name);
  return names;
}

Contest make_contest(const std::string& name, const ContestInput& input) {
  const auto kind = std::ranges::find(kinds(), name, &Kind::name);
  if (kind == kinds().end()) throw std::invalid_argument("no contest is called '" + name + "'");
  Contest contest;
  contest.name = name;
  contest.about = reads_search_files(*kind, input)
                      ? fmt::format("{} with {}", input.search_files[0], input.search_files[1])
                      : kind->about;
  contest.scoring = scoring_in_words(kind->options);
  contest.options = kind->options;
  contest.workload = workload_of(*kind, input);
  contest.add(kind->small_batches ? anneal_small_batches(kind->options, input.backends)
                                  : anneal_backends(kind->options, input.backends));
  if (input.peers) contest.add(all_peers(kind->options));
  // Plugins take all pairs at once, and would be the only ones that do where anneal gets few.
  if (!kind->small_batches) {
    for (const Plugin& plugin : input.plugins) contest.add(plugin.contestants(kind->options));
  }
  return contest;
}

}  // namespace anneal::bench
