#include "array/linalg/row_cuts.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "array/linalg/blas.h"

namespace anneal::array::linalg {
namespace {

#ifndef __APPLE__

// More columns than BLAS packs at once, and no size a multiple of what kernels take at once.
constexpr std::int64_t rows = 113;
constexpr std::int64_t columns = 805;
constexpr std::int64_t inner = 301;

struct Step {
  std::int64_t step;
  // Multiples of it, and of no larger one here; each part is large enough.
  std::array<std::int64_t, 2> cuts;
};
constexpr std::array<Step, 4> steps{{{8, {40, 56}}, {12, {60, 60}}, {24, {72, 72}}, {48, {48, 48}}}};

template <class T>
class Trial {
 public:
  Trial() : a_(numbers(rows * inner)), b_(numbers(inner * columns)), whole_(product(rows)) {}

  bool is_whole(std::int64_t cut) const { return product(cut) == whole_; }

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

  // Of the rows before the cut and of those after it.
  std::vector<T> product(std::int64_t cut) const {
    std::vector<T> result(static_cast<std::size_t>(rows * columns));
    const Operand<T> a{a_.data(), inner};
    const Operand<T> b{b_.data(), columns};
    multiply(cut, columns, inner, a, b, result.data(), columns);
    if (cut < rows) multiply(rows - cut, columns, inner, a.from(cut, 0), b, result.data() + cut * columns, columns);
    return result;
  }

  std::vector<T> a_;
  std::vector<T> b_;
  std::vector<T> whole_;
};

template <class T>
std::int64_t found_row_step() {
  const Trial<T> trial;
  for (const Step& step : steps) {
    if (std::ranges::all_of(step.cuts, [&](std::int64_t cut) { return trial.is_whole(cut); })) return step.step;
  }
  return 0;
}

#else

// Accelerate's kernels are not known, and it has threads of its own.
template <class T>
std::int64_t found_row_step() {
  return 0;
}

#endif

}  // namespace

template <class T>
std::int64_t row_step() {
  static const std::int64_t step = found_row_step<T>();
  return step;
}
template std::int64_t row_step<float>();
template std::int64_t row_step<double>();

}  // namespace anneal::array::linalg
