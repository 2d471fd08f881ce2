#include "align/self_test.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "align/scalar/scalar_engine.h"
#include "align/second_best.h"

namespace anneal::align {
namespace {

// Related pairs, with queries of up to 100 letters more than the shortest, with substitutions, gaps and repeats.
// std::mt19937 is the same everywhere; the standard distributions are not.
struct FixedPairs {
  std::vector<std::string> queries, targets;

  FixedPairs(std::size_t count, const std::string& letters, std::size_t shortest = 0) {
    std::mt19937 random(20);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (std::size_t pair = 0; pair < count; ++pair) {
      std::string query, target;
      const std::size_t alphabet = 2 + below(letters.size() - 1), length = shortest + below(100);
      for (std::size_t k = 0; k < length; ++k) query += letters[below(alphabet)];
      for (const char letter : query) {
        const std::size_t event = below(12);
        if (event != 0) target += event == 1 ? letters[below(alphabet)] : letter;
        if (event == 2) target += letters[below(alphabet)];
      }
      queries.push_back(query);
      targets.push_back(target);
    }
  }
};

// Less than the first piece from the fourth letter on.
constexpr GapCost two_pieces{9, 0};

bool agree(const Engine& engine, const Engine& specification, const FixedPairs& pairs, const AlignOptions& options) {
  const std::vector<std::string_view> queries(pairs.queries.begin(), pairs.queries.end());
  const std::vector<std::string_view> targets(pairs.targets.begin(), pairs.targets.end());
  const std::int32_t h0 = 20;
  PairBatch batch{.queries = queries, .targets = targets};
  if (options.mode == Mode::extend) batch.h0 = std::span(&h0, 1);
  AlignResults expected, found;
  execute_with_second_best(specification, Batch(batch, options), options, {}, expected);
  execute_with_second_best(engine, Batch(batch, options), options, {}, found);
  return equal(expected, found) && found.fallbacks == 0;
}

bool agrees_on_short_pairs(const Engine& engine, const Engine& specification, AlignOptions options) {
  const FixedPairs dna(64, "ACGTN"), protein(64, "ARNDCQEGHILKMFPSTWYVBZX*");
  for (const int band : {-1, 6}) {
    for (const Output output : {Output::path, Output::end}) {
      options.band = band;
      options.output = output;
      options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
      if (!agree(engine, specification, dna, options)) return false;
      options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
      if (!agree(engine, specification, protein, options)) return false;
    }
  }
  return true;
}

// Engines have other kernels for them, and for scores that 16 bits do not hold.
bool agrees_on_long_pairs(const Engine& engine, const Engine& specification, AlignOptions options) {
  const FixedPairs dna(2, "ACGT", 300), protein(2, "ARNDCQEGHILKMFPSTWYV", 300);
  options.output = Output::path;
  for (const int match : {1, 120}) {
    options.matrix = SubstitutionMatrix::match_mismatch(match, 4);
    if (!agree(engine, specification, dna, options)) return false;
  }
  options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
  return agree(engine, specification, protein, options);
}

}  // namespace

bool equal(const AlignResults& a, const AlignResults& b) {
  return a.alignments == b.alignments && a.extensions == b.extensions && a.second_best == b.second_best &&
         a.cigar_ops == b.cigar_ops && a.cigar_offsets == b.cigar_offsets;
}

bool passes_self_test(const Engine& engine) {
  const scalar::ScalarEngine specification(1, Aligner::min_memory);
  const AlignOptions tested[] = {
      {.mode = Mode::local},
      {.mode = Mode::local, .second_best_distance = 20},
      {.mode = Mode::global},
      {.mode = Mode::global, .second_gap = two_pieces},
      {.mode = Mode::ends_free},
      {.mode = Mode::extend},
      {.mode = Mode::extend_ksw2, .zdrop = 40},
      {.mode = Mode::extend_ksw2, .second_gap = two_pieces, .gap_placement = GapPlacement::rightmost}};
  return std::ranges::all_of(tested, [&](const AlignOptions& options) {
    return agrees_on_short_pairs(engine, specification, options) &&
           agrees_on_long_pairs(engine, specification, options);
  });
}

}  // namespace anneal::align
