#include "align/band_check.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/random_options.h"

namespace anneal::align {
namespace {

using test::free_ends_of;

// Steps from cell to cell inside the band, from every cell where an alignment may begin.
class Flood {
 public:
  Flood(std::int64_t rows, std::int64_t columns, const Band& band, const Boundary& boundary)
      : columns_(columns), reached_(static_cast<std::size_t>((rows + 1) * (columns + 1))) {
    for (std::int64_t i = 0; i <= rows; ++i) {
      for (std::int64_t j = 0; j <= columns; ++j) {
        const bool begins =
            (i == 0 && j == 0) || (j == 0 && boundary.query_begin_free) || (i == 0 && boundary.target_begin_free);
        const bool follows =
            (i > 0 && reached(i - 1, j)) || (j > 0 && reached(i, j - 1)) || (i > 0 && j > 0 && reached(i - 1, j - 1));
        reached_[index(i, j)] = band.contains(i, j) && (begins || follows);
      }
    }
  }

  bool reached(std::int64_t i, std::int64_t j) const { return reached_[index(i, j)]; }

 private:
  std::size_t index(std::int64_t i, std::int64_t j) const { return static_cast<std::size_t>(i * (columns_ + 1) + j); }

  std::int64_t columns_;
  std::vector<bool> reached_;
};

struct Shape {
  std::vector<std::uint8_t> letters;
  Problem problem;
  Shape(std::int64_t rows, std::int64_t columns)
      : letters(8), problem{.query = Codes(letters).first(static_cast<std::size_t>(rows)),
                            .target = Codes(letters).first(static_cast<std::size_t>(columns))} {}
};

template <typename Check>
void for_every_band(std::int64_t longest, const Check& check) {
  for (std::int64_t rows = 0; rows <= longest; ++rows) {
    for (std::int64_t columns = 0; columns <= longest; ++columns) {
      for (std::int64_t width = -1; width <= 3; ++width) {
        for (std::int64_t centre = -longest - 4; centre <= longest + 4; ++centre) {
          check(rows, columns, Band{.width = width, .centre = centre});
        }
      }
    }
  }
}

class BandAdmitsPath : public testing::TestWithParam<unsigned> {
 protected:
  BandAdmitsPath() {
    options_.mode = Mode::ends_free;  // global where no end is free
    options_.free_ends = free_ends_of(GetParam());
  }
  AlignOptions options_;
};

TEST_P(BandAdmitsPath, EqualsASearch) {
  const Boundary boundary = boundary_of(options_);
  const EndCells ends = end_cells_of(options_);
  for_every_band(5, [&](std::int64_t rows, std::int64_t columns, const Band& band) {
    const Shape shape(rows, columns);
    const Flood flood(rows, columns, band, boundary);
    bool expected = false;
    for (std::int64_t i = 0; i <= rows; ++i) {
      for (std::int64_t j = 0; j <= columns; ++j) {
        expected |= flood.reached(i, j) && ends.contains(shape.problem, i, j);
      }
    }
    EXPECT_EQ(band_admits_path(rows, columns, band, boundary, ends), expected)
        << rows << " x " << columns << ", band " << band.width << " around " << band.centre;
  });
}

// What the header promises to kernels.
TEST_P(BandAdmitsPath, ThenEveryCellInsideIsReachable) {
  const Boundary boundary = boundary_of(options_);
  for_every_band(5, [&](std::int64_t rows, std::int64_t columns, const Band& band) {
    if (!band_admits_path(rows, columns, band, boundary, end_cells_of(options_))) return;
    const Flood flood(rows, columns, band, boundary);
    for (std::int64_t i = 0; i <= rows; ++i) {
      for (std::int64_t j = 0; j <= columns; ++j) {
        EXPECT_EQ(flood.reached(i, j), band.contains(i, j)) << i << ' ' << j << " of " << rows << " x " << columns
                                                            << ", band " << band.width << " around " << band.centre;
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(FreeEnds, BandAdmitsPath, testing::Range(0u, 16u));

TEST(BandAdmitsPathOfLocal, IsAlwaysTrue) {
  const AlignOptions options;
  EXPECT_TRUE(band_admits_path(3, 3, {.width = 0, .centre = 50}, boundary_of(options), end_cells_of(options)));
}

}  // namespace
}  // namespace anneal::align
