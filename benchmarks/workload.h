// Pairs of sequences to time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::bench {

class Workload {
 public:
  Workload() = default;
  Workload(Workload&&) = default;
  Workload& operator=(Workload&&) = default;

  /// `h0` is the score of the seed before the pair, for extensions.
  void add(std::string query, std::string target, std::int32_t h0 = 0);
  /// Adds a pair with the query of the one before, the same object.
  void add_target(std::string target);

  std::size_t size() const { return targets_.size(); }
  const std::string& query(std::size_t pair) const { return *query_of_pair_[pair]; }
  const std::string& target(std::size_t pair) const { return targets_[pair]; }
  std::int32_t h0(std::size_t pair) const { return h0_[pair]; }
  std::span<const std::string_view> queries() const { return query_views_; }
  std::span<const std::string_view> targets() const { return target_views_; }
  std::span<const std::int32_t> h0() const { return h0_; }

  /// Whether a neighbour has the same query: then peers may keep what they prepare of it.
  bool shares_query(std::size_t pair) const;

  /// Cells of one pair, or of the first `count`, that lie inside the band (-1: all).
  std::uint64_t cells_of(std::size_t pair, int band) const;
  std::uint64_t cells(std::size_t count, int band) const;
  /// How many pairs from the first on make about `cells` cells; at least 4 or all.
  std::size_t pairs_within(std::uint64_t cells, int band) const;

 private:
  std::deque<std::string> queries_, targets_;
  std::vector<const std::string*> query_of_pair_;
  std::vector<std::string_view> query_views_, target_views_;
  std::vector<std::int32_t> h0_;
};

/// The i-th sequence of one FASTA file with the i-th of another; at most `limit` pairs.
/// Throws std::runtime_error for unreadable files and unequal counts.
Workload read_fasta_pairs(const std::string& queries, const std::string& targets, std::size_t limit);

/// The only sequence of one FASTA file with each of another; at most `limit` pairs. Throws std::runtime_error for
/// unreadable files, and for none or several queries.
Workload read_fasta_search(const std::string& query, const std::string& targets, std::size_t limit);

}  // namespace anneal::bench
