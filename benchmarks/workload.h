// Pairs of sequences to time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::bench {

class Workload {
 public:
  void add(std::string query, std::string target);

  std::size_t size() const { return queries_.size(); }
  const std::string& query(std::size_t pair) const { return queries_[pair]; }
  const std::string& target(std::size_t pair) const { return targets_[pair]; }
  /// Views of the first `count` sequences, valid until the next add().
  std::vector<std::string_view> queries(std::size_t count) const;
  std::vector<std::string_view> targets(std::size_t count) const;
  std::uint64_t cells(std::size_t count) const;

 private:
  std::vector<std::string> queries_;
  std::vector<std::string> targets_;
};

enum class Span {
  window,  ///< the target is a window of 150 to 200 bp around where the read comes from
  exact,   ///< the target is what the read comes from, for global alignment
};

/// Reads of 150 bp with 2 to 5 % errors (four fifths substitutions) from a random genome with repeats.
Workload simulated_reads(std::size_t count, Span span);

/// The i-th sequence of one FASTA file with the i-th of another; at most `limit` pairs.
/// Throws std::runtime_error for unreadable files and unequal counts.
Workload read_fasta_pairs(const std::string& queries, const std::string& targets, std::size_t limit);

}  // namespace anneal::bench
