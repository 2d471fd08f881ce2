// Minimizers are those of minimap2's mm_sketch().
#include "map/minimap/sketch.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace anneal::map {
namespace {

class Sketches : public testing::Test {
 protected:
  int draw(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  // Of few letters, some with others than A, C, G, T, and some with repeats.
  std::string draw_letters() {
    const int kind = draw(0, 5);
    const std::string_view alphabet = kind == 0 ? "ACGTacgtuUN" : kind == 1 ? "AC" : "ACGT";
    std::string letters(static_cast<std::size_t>(draw(1, 400)), 'A');
    for (char& letter : letters)
      letter = alphabet[static_cast<std::size_t>(draw(0, static_cast<int>(alphabet.size()) - 1))];
    if (kind == 2) letters += letters.substr(letters.size() / 2);
    if (kind == 3) {
      const std::string unit = letters.substr(0, static_cast<std::size_t>(draw(1, 30)));
      for (int i = draw(1, 6); i > 0; --i) letters.insert(letters.size() / 2, unit);
    }
    return letters;
  }

  std::mt19937 random_{11};
  Pool pool_;
};

TEST_F(Sketches, AreThoseOfTheLibrary) {
  std::size_t found = 0;
  for (int i = 0; i < 30000; ++i) {
    const std::string letters = draw_letters();
    const SketchOptions options{.window = draw(1, 25),
                                .k = draw(0, 3) == 0 ? draw(1, 28) : draw(0, 1) * 6 + 15,
                                .is_compressed = draw(0, 9) == 0};
    const auto segment = static_cast<std::uint32_t>(draw(0, 3));
    mm128_v wanted{0, 0, nullptr}, minimizers{0, 0, nullptr};
    for (int twice = 0; twice < 2; ++twice) {
      mm_sketch(pool_.get(), letters.data(), static_cast<int>(letters.size()), options.window, options.k, segment,
                options.is_compressed ? 1 : 0, &wanted);
      append_minimizers(pool_, letters, options, segment, minimizers);
    }
    ASSERT_EQ(minimizers.n, wanted.n) << letters << ' ' << options.window << ' ' << options.k;
    for (std::size_t n = 0; n < wanted.n; ++n) {
      ASSERT_EQ(minimizers.a[n].x, wanted.a[n].x) << letters << ' ' << options.window << ' ' << options.k << ' ' << n;
      ASSERT_EQ(minimizers.a[n].y, wanted.a[n].y) << letters << ' ' << options.window << ' ' << options.k << ' ' << n;
    }
    found += wanted.n;
    kfree(pool_.get(), wanted.a);
    kfree(pool_.get(), minimizers.a);
  }
  EXPECT_GT(found, 500000U);
}

}  // namespace
}  // namespace anneal::map
