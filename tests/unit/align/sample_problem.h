// A pair that owns its letters, as the kernels that work pair by pair see it.
#pragma once

#include <string>
#include <string_view>

#include "align/problem.h"
#include "support/pair_set.h"

namespace anneal::test {

class SampleProblem {
 public:
  SampleProblem(const AlignOptions& options, std::string_view query, std::string_view target, std::int64_t centre = 0)
      : options_(options), query_(encode(query, options.matrix)), target_(encode(target, options.matrix)),
        problem_(make_problem(options_, query_, target_, centre)) {}
  SampleProblem(const SampleProblem&) = delete;
  SampleProblem& operator=(const SampleProblem&) = delete;

  const align::Problem& operator*() const { return problem_; }
  const align::Problem* operator->() const { return &problem_; }
  align::EndCells ends() const { return align::end_cells_of(options_); }

  /// The rectangle of the first letters of both sides. Borrows from this object.
  align::Problem prefix(std::int64_t rows, std::int64_t columns) const {
    align::Problem result = problem_;
    result.query = result.query.first(static_cast<std::size_t>(rows));
    result.target = result.target.first(static_cast<std::size_t>(columns));
    return result;
  }

 private:
  static align::Codes codes(const std::string& letters) {
    return {reinterpret_cast<const std::uint8_t*>(letters.data()), letters.size()};
  }
  static align::Problem make_problem(const AlignOptions& options, const std::string& query, const std::string& target,
                                     std::int64_t centre) {
    return {.query = codes(query),
            .target = codes(target),
            .boundary = align::boundary_of(options),
            .band = {.width = options.band, .centre = centre},
            .matrix = &options.matrix};
  }

  AlignOptions options_;
  std::string query_;
  std::string target_;
  align::Problem problem_;
};

}  // namespace anneal::test
