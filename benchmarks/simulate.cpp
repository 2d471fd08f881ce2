#include "simulate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "support/random.h"

namespace anneal::bench {
namespace {

using test::Random;

constexpr std::string_view bases = "ACGT";

std::string random_bases(Random& random, std::size_t length) {
  std::string letters(length, ' ');
  for (char& base : letters) base = bases[random.below(4)];
  return letters;
}

// Some of real genomes' trouble: diverged copies and tandem arrays.
std::string random_genome(Random& random) {
  std::string genome = random_bases(random, 2'000'000);
  for (int repeat = 0; repeat < 400; ++repeat) {
    const int length = random.between(300, 6000);
    std::string copy = genome.substr(random.below(genome.size() - 6000), static_cast<std::size_t>(length));
    for (char& base : copy) {
      if (random.chance(0.08)) base = bases[random.below(4)];
    }
    genome += copy;
    const std::string unit = random_bases(random, static_cast<std::size_t>(random.between(1, 60)));
    for (int letters = random.between(50, 600); letters > 0; letters -= static_cast<int>(unit.size())) genome += unit;
    genome += random_bases(random, 400);
  }
  return genome;
}

struct Errors {
  double lowest = 0.02, highest = 0.05;  // per base; each read has a rate of its own
  double substitutions = 0.8;            // share of erroneous bases; the others are inserted or deleted, half of each
  double longer_gap = 0.3;               // chance of each further letter of a gap
};

constexpr Errors short_read_errors, long_read_errors{0.10, 0.10, 0.4, 0.15};

struct Read {
  std::string letters;
  std::size_t span = 0;  // of the genome
};

Read simulate_read(Random& random, std::string_view genome, std::size_t length, const Errors& errors) {
  const double rate =
      errors.lowest + (errors.highest - errors.lowest) * static_cast<double>(random.below(1000)) / 1000.0;
  // Gaps begin less often than their letters are wrong.
  const double gaps = (1 - errors.substitutions) * (1 - errors.longer_gap);
  const double events = errors.substitutions + gaps;
  Read read;
  while (read.letters.size() < length) {
    const char base = genome[read.span];
    if (!random.chance(rate * events)) {
      read.letters += base;
      ++read.span;
    } else if (random.chance(errors.substitutions / events)) {
      read.letters += bases[(bases.find(base) + 1 + random.below(3)) % 4];
      ++read.span;
    } else {
      std::size_t gap = 1;
      while (random.chance(errors.longer_gap)) ++gap;
      if (random.chance(0.5)) {
        read.letters += random_bases(random, gap);
      } else {
        read.span += gap;
      }
    }
  }
  read.letters.resize(length);
  return read;
}

enum class Target { window, span, from_start, beyond };

struct ReadModel {
  int shortest, longest;
  Errors errors;
  Target target;
  std::size_t target_length = 0;  // from_start only
};

Workload simulate(const ReadModel& model, std::size_t count) {
  Random random(2024);
  const std::string genome = random_genome(random);
  const auto room = static_cast<std::size_t>(2 * model.longest + 600);
  Workload workload;
  for (std::size_t pair = 0; pair < count; ++pair) {
    const std::size_t start = room / 2 + random.below(genome.size() - 2 * room);
    const int length = random.between(model.shortest, model.longest);
    Read read =
        simulate_read(random, std::string_view(genome).substr(start), static_cast<std::size_t>(length), model.errors);
    if (model.target == Target::span) {
      workload.add(std::move(read.letters), genome.substr(start, read.span));
    } else if (model.target == Target::beyond) {
      const std::size_t more = static_cast<std::size_t>(random.between(30, 150));
      workload.add(std::move(read.letters), genome.substr(start, read.span + more));
    } else if (model.target == Target::from_start) {
      workload.add(std::move(read.letters), genome.substr(start, model.target_length), random.between(19, 27));
    } else {
      const auto window = static_cast<std::size_t>(random.between(length, length + length / 3));
      const std::size_t left = random.below(std::max(window, read.span) - read.span + 1);
      workload.add(std::move(read.letters), genome.substr(start - left, window));
    }
  }
  return workload;
}

// Average composition of proteins in percent: Robinson and Robinson, PNAS 88:8880 (1991).
constexpr struct {
  char letter;
  double percent;
} composition[] = {{'A', 7.805}, {'C', 1.925}, {'D', 5.364}, {'E', 6.295}, {'F', 3.856}, {'G', 7.377}, {'H', 2.199},
                   {'I', 5.142}, {'K', 5.744}, {'L', 9.019}, {'M', 2.243}, {'N', 4.487}, {'P', 5.203}, {'Q', 4.264},
                   {'R', 5.129}, {'S', 7.120}, {'T', 5.841}, {'V', 6.441}, {'W', 1.330}, {'Y', 3.216}};

char random_residue(Random& random) {
  double left = static_cast<double>(random.below(100'000)) / 1000.0;
  for (const auto& residue : composition) {
    left -= residue.percent;
    if (left < 0) return residue.letter;
  }
  return 'L';
}

double uniform(Random& random) { return (static_cast<double>(random.below(1 << 30)) + 0.5) / (1 << 30); }

// Lengths of Swiss-Prot: a log-normal distribution, and another one for its long tail.
std::size_t protein_length(Random& random) {
  const double normal = std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * std::numbers::pi * uniform(random));
  const double length = random.chance(0.97) ? std::exp(5.62 + 0.62 * normal) : std::exp(6.9 + 0.7 * normal);
  return static_cast<std::size_t>(std::clamp(length, 30.0, 5000.0));
}

std::string random_protein(Random& random, std::size_t length) {
  std::string letters(length, ' ');
  for (char& letter : letters) letter = random_residue(random);
  return letters;
}

std::string relative(Random& random, const std::string& protein) {
  const double changed = 0.1 + 0.6 * uniform(random);
  std::string letters;
  for (std::size_t at = 0; at < protein.size(); ++at) {
    if (random.chance(0.003)) at += random.below(20);
    if (random.chance(0.003)) {
      for (int extra = random.between(1, 12); extra > 0; --extra) letters += random_residue(random);
    }
    if (at < protein.size()) letters += random.chance(changed) ? random_residue(random) : protein[at];
  }
  return letters;
}

}  // namespace

Workload reads_in_windows(std::size_t count) { return simulate({150, 150, short_read_errors, Target::window}, count); }

Workload reads_with_spans(std::size_t count) { return simulate({150, 150, short_read_errors, Target::span}, count); }

Workload mixed_reads(std::size_t count) { return simulate({50, 500, short_read_errors, Target::window}, count); }

Workload reads_of_1_kbp(std::size_t count) { return simulate({1000, 1000, long_read_errors, Target::span}, count); }

Workload reads_of_10_kbp(std::size_t count) {
  return simulate({10'000, 10'000, long_read_errors, Target::span}, count);
}

Workload extensions_150(std::size_t count) {
  return simulate({150, 150, short_read_errors, Target::from_start, 180}, count);
}

Workload extensions_100(std::size_t count) {
  return simulate({100, 100, short_read_errors, Target::from_start, 120}, count);
}

Workload fills_of_long_reads(std::size_t count) {
  return simulate({100, 5'000, long_read_errors, Target::span}, count);
}

Workload extensions_of_short_reads(std::size_t count) {
  return simulate({20, 150, short_read_errors, Target::beyond}, count);
}

Workload extensions_of_long_reads(std::size_t count) {
  return simulate({100, 2'000, long_read_errors, Target::beyond}, count);
}

Workload unrelated_pairs(std::size_t count) {
  Random random(2024);
  Workload workload;
  for (std::size_t pair = 0; pair < count; ++pair) {
    std::string query = random_bases(random, 150);
    workload.add(std::move(query), random_bases(random, static_cast<std::size_t>(random.between(150, 200))));
  }
  return workload;
}

Workload proteins(std::size_t count) {
  Random random(2024);
  Workload workload;
  for (std::size_t pair = 0; pair < count; ++pair) {
    std::string query = random_protein(random, protein_length(random));
    std::string target = random.chance(0.25) ? relative(random, query) : random_protein(random, protein_length(random));
    workload.add(std::move(query), std::move(target));
  }
  return workload;
}

Workload one_protein(std::size_t count) {
  Random random(2024);
  const std::string query = random_protein(random, 375);
  Workload workload;
  for (std::size_t pair = 0; pair < count; ++pair) {
    std::string target = random.chance(0.01) ? relative(random, query) : random_protein(random, protein_length(random));
    if (pair == 0) {
      workload.add(query, std::move(target));
    } else {
      workload.add_target(std::move(target));
    }
  }
  return workload;
}

}  // namespace anneal::bench
