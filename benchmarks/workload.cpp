#include "workload.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "support/random.h"

namespace anneal::bench {
namespace {

using test::Random;

constexpr int read_length = 150;

char random_base(Random& random) { return "ACGT"[random.below(4)]; }

std::string random_bases(Random& random, int length) {
  std::string bases(static_cast<std::size_t>(length), ' ');
  for (char& base : bases) base = random_base(random);
  return bases;
}

// A tenth of real genomes' trouble: diverged copies and tandem arrays.
std::string random_genome(Random& random) {
  std::string genome = random_bases(random, 2'000'000);
  for (int repeat = 0; repeat < 400; ++repeat) {
    const int length = random.between(300, 6000);
    std::string copy = genome.substr(random.below(genome.size() - 6000), static_cast<std::size_t>(length));
    for (char& base : copy) {
      if (random.chance(0.08)) base = random_base(random);
    }
    genome += copy;
    const std::string unit = random_bases(random, random.between(1, 60));
    for (int letters = random.between(50, 600); letters > 0; letters -= static_cast<int>(unit.size())) genome += unit;
    genome += random_bases(random, 400);
  }
  return genome;
}

struct Read {
  std::string letters;
  std::size_t span = 0;  // of the genome
};

Read simulate_read(Random& random, std::string_view genome) {
  const double rate = 0.02 + 0.03 * static_cast<double>(random.below(1000)) / 1000.0;
  Read read;
  while (read.letters.size() < read_length) {
    const char base = genome[read.span];
    if (!random.chance(rate)) {
      read.letters += base;
      ++read.span;
    } else if (random.chance(0.8)) {
      read.letters += "ACGT"[(std::string_view("ACGT").find(base) + 1 + random.below(3)) % 4];
      ++read.span;
    } else {
      std::size_t length = 1;
      while (random.chance(0.3)) ++length;
      if (random.chance(0.5)) {
        read.letters += random_bases(random, static_cast<int>(length));
      } else {
        read.span += length;
      }
    }
  }
  read.letters.resize(read_length);
  return read;
}

std::vector<std::string> read_fasta(const std::string& path, std::size_t limit) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot open " + path);
  std::vector<std::string> sequences;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.starts_with('>')) {
      if (sequences.size() == limit) break;
      sequences.emplace_back();
    } else if (sequences.empty()) {
      throw std::runtime_error(path + " does not begin with '>'");
    } else {
      sequences.back() += line;
    }
  }
  return sequences;
}

}  // namespace

void Workload::add(std::string query, std::string target) {
  queries_.push_back(std::move(query));
  targets_.push_back(std::move(target));
}

std::vector<std::string_view> Workload::queries(std::size_t count) const {
  return {queries_.begin(), queries_.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::vector<std::string_view> Workload::targets(std::size_t count) const {
  return {targets_.begin(), targets_.begin() + static_cast<std::ptrdiff_t>(count)};
}

std::uint64_t Workload::cells(std::size_t count) const {
  std::uint64_t cells = 0;
  for (std::size_t pair = 0; pair < count; ++pair) cells += queries_[pair].size() * targets_[pair].size();
  return cells;
}

Workload simulated_reads(std::size_t count, Span span) {
  Random random(2024);
  const std::string genome = random_genome(random);
  Workload workload;
  for (std::size_t pair = 0; pair < count; ++pair) {
    const std::size_t start = 300 + random.below(genome.size() - 1200);
    Read read = simulate_read(random, std::string_view(genome).substr(start));
    const auto length = static_cast<std::size_t>(random.between(150, 200));
    const std::size_t left = random.below(std::max(length, read.span) - read.span + 1);
    workload.add(std::move(read.letters),
                 span == Span::exact ? genome.substr(start, read.span) : genome.substr(start - left, length));
  }
  return workload;
}

Workload read_fasta_pairs(const std::string& queries, const std::string& targets, std::size_t limit) {
  std::vector<std::string> q = read_fasta(queries, limit), t = read_fasta(targets, limit);
  if (q.size() != t.size() || q.empty()) {
    throw std::runtime_error(queries + " has " + std::to_string(q.size()) + " sequences, " + targets + " has " +
                             std::to_string(t.size()) + ": give as many of each, and at least one");
  }
  Workload workload;
  for (std::size_t pair = 0; pair < q.size(); ++pair) workload.add(std::move(q[pair]), std::move(t[pair]));
  return workload;
}

}  // namespace anneal::bench
