// The path that the contract describes, from whole matrices of H, E and F: nothing is shared with the library's.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "align/problem.h"

namespace anneal::test {

/// The path that ends in the last cell of `problem`.
class ReferencePath {
 public:
  explicit ReferencePath(const align::Problem& problem);

  std::int64_t score() const { return score_; }
  std::int64_t query_begin() const { return i_; }
  std::int64_t target_begin() const { return j_; }
  std::string cigar() const;

 private:
  enum Matrix { h, e, f };

  std::int64_t& at(Matrix matrix, std::int64_t i, std::int64_t j);
  void fill();
  void fill_cell(std::int64_t i, std::int64_t j);
  bool begins_here();
  void walk();
  void walk_gap(Matrix gap);

  align::Problem problem_;
  std::array<std::vector<std::int64_t>, 3> matrices_;
  std::int64_t i_;
  std::int64_t j_;
  std::int64_t score_ = 0;
  std::string letters_;  // one per column, last first
};

}  // namespace anneal::test
