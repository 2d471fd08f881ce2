// Standardises the columns of a table, and finds the largest entry of each row.
#include "anneal/array.h"

#include <cstdio>
#include <vector>

int main() {
  const std::vector<float> measured = {1, 40, 300, 2, 30, 100, 3, 50, 200, 4, 20, 400};
  const anneal::Array table = anneal::Array::from<float>(measured, {4, 3});

  // Nothing is computed yet: an Array knows how its values follow from others.
  const anneal::Array mean = anneal::mean(table, {.axes = {0}});
  const anneal::Array deviation = anneal::square_root(anneal::var(table, {.axes = {0}}));
  const anneal::Array scores = (table - mean) / deviation;

  // Asking for values computes them.
  const std::vector<float> values = scores.to_vector<float>();
  const std::vector<std::int64_t> largest = anneal::argmax(scores, 1).to_vector<std::int64_t>();
  for (std::size_t row = 0; row < 4; ++row) {
    std::printf("%5.2f %5.2f %5.2f  largest: %d\n", values[row * 3], values[row * 3 + 1], values[row * 3 + 2],
                static_cast<int>(largest[row]));
  }

  const anneal::Slice last_rows{.first = -2};
  std::printf("sum of the last two rows: %g\n", anneal::sum(table.slice({&last_rows, 1})).item());
}
