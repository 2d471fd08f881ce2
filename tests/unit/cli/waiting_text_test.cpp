#include "cli/waiting_text.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "support/random.h"
#include "support/test_settings.h"

namespace anneal::cli {
namespace {

TEST(WaitingText, ComesWholeFromMemoryAndFile) {
  test::Random random(test::seed_of("WaitingText"));
  const std::string path = testing::TempDir() + "waiting_text_test.txt";
  for (const std::size_t memory : {0, 1, 1000, 100'000, 10'000'000}) {
    WaitingText text(memory);
    std::string all;
    for (int i = 0; i < 200; ++i) {
      std::string piece(random.below(4000), static_cast<char>('a' + random.below(26)));
      piece += std::to_string(i);
      text.append(piece);
      all += piece;
    }
    io::Output output(path);
    text.write_to(output);
    output.commit();
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(std::string(std::istreambuf_iterator<char>(file), {}) == all) << memory << " bytes of memory";
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace anneal::cli
