#include "align/cpu/pack.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

TEST(Pack, PutsFourLettersIntoAByte) {
  test::Random random(3);
  for (const std::string& backend : test::tested_backends()) {
    const PackLetters pack = find_packer(backend);
    for (std::size_t count = 0; count < 600; ++count) {
      const bool has_other = count > 0 && random.chance(0.3);
      std::vector<std::uint8_t> codes(count + pack_margin), packed(count / 4 + 1 + pack_margin);
      for (std::size_t k = 0; k < count; ++k) codes[k] = static_cast<std::uint8_t>(random.between(0, 3));
      if (has_other) codes[static_cast<std::size_t>(random.between(0, static_cast<int>(count) - 1))] += 4;
      EXPECT_EQ(pack(codes.data(), count, packed.data()), !has_other) << backend << ", " << count << " letters";
      for (std::size_t k = 0; k < count; ++k) {
        ASSERT_EQ(packed[k / 4] >> (2 * (k % 4)) & 3, codes[k] & 3) << backend << ", letter " << k << " of " << count;
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu
