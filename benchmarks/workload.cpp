#include "workload.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace anneal::bench {
namespace {

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

void Workload::add(std::string query, std::string target, std::int32_t h0) {
  query_of_pair_.push_back(&queries_.emplace_back(std::move(query)));
  query_views_.push_back(queries_.back());
  target_views_.push_back(targets_.emplace_back(std::move(target)));
  h0_.push_back(h0);
}

void Workload::add_target(std::string target) {
  query_of_pair_.push_back(query_of_pair_.back());
  query_views_.push_back(query_views_.back());
  target_views_.push_back(targets_.emplace_back(std::move(target)));
  h0_.push_back(h0_.back());
}

bool Workload::shares_query(std::size_t pair) const {
  const auto is_same = [&](std::size_t other) { return other < size() && &query(other) == &query(pair); };
  return is_same(pair - 1) || is_same(pair + 1);
}

std::uint64_t Workload::cells_of(std::size_t pair, int band) const {
  const auto query = static_cast<std::int64_t>(query_of_pair_[pair]->size());
  const auto target = static_cast<std::int64_t>(targets_[pair].size());
  if (band < 0) return static_cast<std::uint64_t>(query * target);
  std::int64_t cells = 0;
  for (std::int64_t row = 1; row <= query; ++row) {
    cells += std::max<std::int64_t>(0, std::min(target, row + band) - std::max<std::int64_t>(1, row - band) + 1);
  }
  return static_cast<std::uint64_t>(cells);
}

std::uint64_t Workload::cells(std::size_t count, int band) const {
  std::uint64_t cells = 0;
  for (std::size_t pair = 0; pair < count; ++pair) cells += cells_of(pair, band);
  return cells;
}

std::size_t Workload::pairs_within(std::uint64_t cells, int band) const {
  std::size_t count = 0;
  for (std::uint64_t sum = 0; count < size() && (count < 4 || sum < cells); ++count) sum += cells_of(count, band);
  return count;
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

Workload read_fasta_search(const std::string& query, const std::string& targets, std::size_t limit) {
  std::vector<std::string> q = read_fasta(query, limit), t = read_fasta(targets, limit);
  if (q.size() != 1 || t.empty()) {
    throw std::runtime_error(query + " has " + std::to_string(q.size()) + " sequences and " + targets + " has " +
                             std::to_string(t.size()) + ": give one query, and at least one target");
  }
  Workload workload;
  workload.add(std::move(q.front()), std::move(t.front()));
  for (std::size_t target = 1; target < t.size(); ++target) workload.add_target(std::move(t[target]));
  return workload;
}

}  // namespace anneal::bench
