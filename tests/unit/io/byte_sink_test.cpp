#include "io/byte_sink.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"

namespace anneal::io {
namespace {

std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_back(const std::filesystem::path& path) {
  const auto source = open_input(path, 2);
  std::string text, buffer(100000, '\0');
  while (const std::size_t count = source->read(buffer)) text.append(buffer, 0, count);
  return text;
}

std::string random_text(std::size_t size) {
  std::string text;
  for (std::uint32_t state = 1; text.size() < size; text += static_cast<char>(state >> 24)) {
    state = state * 1664525u + 1013904223u;
  }
  return text;
}

// In pieces of different sizes.
void write_pieces(ByteSink& sink, std::string_view text, std::size_t step) {
  for (; !text.empty(); step = step * 3 % 70001 + 1) {
    sink.write(text.substr(0, step));
    text.remove_prefix(std::min(step, text.size()));
  }
}

TEST(ByteSink, ReadsBackWhatWasWritten) {
  const test::TemporaryFolder folder;
  for (const char* const name : {"plain", "x.gz", "x.bgz", "x.zst"}) {
    for (const std::size_t size : {0u, 1u, 0xff00u, 0xff01u, 4 * 0xff00u, 3000000u}) {
      const std::string text = random_text(size);
      const auto path = folder.path() / name;
      const auto sink = open_sink(path, 2);
      write_pieces(*sink, text, 1000);
      sink->commit();
      EXPECT_TRUE(read_back(path) == text) << name << ", " << size << " bytes";
      EXPECT_EQ(file_bytes(path) == text, std::string(name) == "plain");
    }
  }
}

TEST(ByteSink, WritesTheSameWithAnyThreadsAndPieces) {
  const test::TemporaryFolder folder;
  const std::string text = random_text(3000000);
  for (const char* const name : {"x.gz", "x.zst"}) {
    std::string expected;
    for (const int threads : {1, 2, 7}) {
      const auto path = folder.path() / name;
      const auto sink = open_sink(path, threads);
      write_pieces(*sink, text, threads == 1 ? text.size() : static_cast<std::size_t>(threads) * 100);
      sink->commit();
      if (expected.empty()) expected = file_bytes(path);
      EXPECT_TRUE(file_bytes(path) == expected) << name << ", threads " << threads;
    }
  }
}

TEST(ByteSink, EndsBgzfWithItsMark) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "x.gz";
  const auto sink = open_sink(path);
  sink->write("text");
  sink->commit();
  const std::string mark("\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0\x1b\0\x03\0\0\0\0\0\0\0\0\0", 28);
  EXPECT_TRUE(file_bytes(path).ends_with(mark));
}

TEST(ByteSink, LevelsDiffer) {
  const test::TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "line " + std::to_string(i * 7919 % 10007) + "\n";
  for (const char* const name : {"x.gz", "x.zst"}) {
    std::uintmax_t sizes[2];
    for (const int level : {1, 9}) {
      const auto path = folder.path() / name;
      const auto sink = open_sink(path, 1, level);
      sink->write(text);
      sink->commit();
      EXPECT_TRUE(read_back(path) == text);
      sizes[level == 9] = std::filesystem::file_size(path);
    }
    EXPECT_LT(sizes[1], sizes[0]) << name;
  }
}

TEST(ByteSink, LeavesNothingWithoutCommit) {
  const test::TemporaryFolder folder;
  for (const char* const name : {"x", "x.gz", "x.zst"}) open_sink(folder.path() / name, 2)->write("text");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace anneal::io
