#include "array/linalg/cut_steps.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "array/linalg/blas.h"

namespace anneal::array::linalg {
namespace {

#ifndef __APPLE__

// More columns than BLAS packs at once, and no size a multiple of what kernels take at once.
constexpr std::int64_t rows = 113;
constexpr std::int64_t uneven_columns = 805;
constexpr std::int64_t inner = 301;

struct Step {
  std::int64_t step;
  // Multiples of it, and of no larger one here; each part is large enough.
  std::array<std::int64_t, 2> cuts;
};
constexpr std::array<Step, 4> row_steps{{{8, {40, 56}}, {12, {60, 60}}, {24, {72, 72}}, {48, {48, 48}}}};
// Of a number of columns that is a multiple of the step itself: what is left of others is often computed otherwise.
constexpr std::int64_t even_columns = 800;
constexpr std::array<Step, 3> column_steps{{{8, {392, 440}}, {16, {400, 400}}, {32, {352, 416}}}};

template <class T>
class Trial {
 public:
  explicit Trial(std::int64_t columns)
      : columns_(columns), a_(numbers(rows * inner)), b_(numbers(inner * columns)), whole_(product(rows, columns)) {}

  bool is_whole_with_rows_cut(std::int64_t row) const { return product(row, columns_) == whole_; }
  bool is_whole_with_columns_cut(std::int64_t column) const { return product(rows, column) == whole_; }

 private:
  // From -1 to 1, with all the bits that T has.
  static std::vector<T> numbers(std::int64_t count) {
    std::vector<T> result(static_cast<std::size_t>(count));
    std::uint64_t state = 1;
    for (T& number : result) {
      state = state * 6364136223846793005U + 1442695040888963407U;  // Knuth's MMIX
      number = static_cast<T>(static_cast<std::int64_t>(state)) * T{0x1p-63};
    }
    return result;
  }

  // In up to four parts: before and after a row and a column.
  std::vector<T> product(std::int64_t row, std::int64_t column) const {
    std::vector<T> result(static_cast<std::size_t>(rows * columns_));
    const auto multiply_part = [&](std::int64_t first_row, std::int64_t last_row, std::int64_t first,
                                   std::int64_t last) {
      if (first_row == last_row || first == last) return;
      multiply(last_row - first_row, last - first, inner, Operand<T>{a_.data(), inner}.from(first_row, 0),
               Operand<T>{b_.data(), columns_}.from(0, first), result.data() + first_row * columns_ + first, columns_);
    };
    for (const auto& [first_row, last_row] : {std::pair{std::int64_t{0}, row}, {row, rows}}) {
      multiply_part(first_row, last_row, 0, column);
      multiply_part(first_row, last_row, column, columns_);
    }
    return result;
  }

  std::int64_t columns_;
  std::vector<T> a_;
  std::vector<T> b_;
  std::vector<T> whole_;
};

template <class T>
CutSteps found_cut_steps() {
  const Trial<T> trial(uneven_columns);
  const Trial<T> even_trial(even_columns);
  CutSteps found;
  for (const Step& step : row_steps) {
    if (std::ranges::all_of(step.cuts, [&](std::int64_t cut) { return trial.is_whole_with_rows_cut(cut); })) {
      found.rows = step.step;
      break;
    }
  }
  for (const Step& step : column_steps) {
    if (std::ranges::all_of(step.cuts, [&](std::int64_t cut) { return even_trial.is_whole_with_columns_cut(cut); })) {
      found.columns = step.step;
      break;
    }
  }
  return found;
}

#else

// Accelerate's kernels are not known, and it has threads of its own.
template <class T>
CutSteps found_cut_steps() {
  return {};
}

#endif

}  // namespace

template <class T>
CutSteps cut_steps() {
  static const CutSteps steps = found_cut_steps<T>();
  return steps;
}
template CutSteps cut_steps<float>();
template CutSteps cut_steps<double>();

}  // namespace anneal::array::linalg
