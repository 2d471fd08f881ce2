// What GzipSource makes of BGZF, BgzfSource makes of it too.
#include "io/bgzf_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "io/input.h"
#include "unit/io/compress.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::bgzf_block;
using test::gzip;
using test::thrown_by;
using testing::HasSubstr;

std::string read_all(std::string_view bytes, int threads, std::size_t step = 100000) {
  const auto source = open_memory("'x'", bytes, threads);
  std::string text, buffer(step, '\0');
  while (const std::size_t count = source->read(buffer)) text.append(buffer, 0, count);
  EXPECT_EQ(source->read(buffer), 0u) << "the end must stay the end";
  return text;
}

std::string sample_text(std::size_t size, std::uint32_t state) {
  std::string text;
  for (; text.size() < size; text += "ACGT"[state >> 30]) state = state * 1664525u + 1013904223u;
  return text;
}

// Blocks of all sizes; more of them than are in flight at a time.
std::string many_blocks(std::string& text) {
  std::string bytes;
  for (std::uint32_t i = 0; i < 150; ++i) {
    const std::string part = sample_text(i % 7 == 0 ? 0 : (i * 977) % 60000, i);
    text += part;
    bytes += bgzf_block(part);
  }
  return bytes + bgzf_block("");
}

TEST(BgzfSource, ReadsWhatOneThreadReads) {
  std::string text;
  const std::string bytes = many_blocks(text);
  for (const int threads : {1, 2, 3, 8}) {
    EXPECT_EQ(read_all(bytes, threads), text) << threads;
    EXPECT_EQ(read_all(bytes, threads, 777), text) << threads;
  }
  EXPECT_EQ(read_all(bgzf_block(""), 3), "");
}

TEST(BgzfSource, GoesOnWithMembersThatAreNoBlocks) {
  const std::string bytes = bgzf_block("one") + gzip("two") + bgzf_block("three") + bgzf_block("");
  for (const int threads : {1, 3}) EXPECT_EQ(read_all(bytes, threads), "onetwothree");
}

TEST(BgzfSource, RefusesEveryTruncationAlike) {
  const std::string text = sample_text(300, 1);
  const std::string bytes = bgzf_block(text.substr(0, 200)) + bgzf_block(text.substr(200)) + bgzf_block("");
  ASSERT_EQ(read_all(bytes, 2), text);
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    const std::string_view cut = std::string_view(bytes).substr(0, size);
    const auto error = thrown_by([&] { read_all(cut, 2); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    EXPECT_EQ(error.line, thrown_by([&] { read_all(cut, 1); }).line);
  }
}

TEST(BgzfSource, RefusesBytesBehindTheData) {
  const std::string bytes = bgzf_block("a") + bgzf_block("") + "rest";
  EXPECT_EQ(thrown_by([&] { read_all(bytes, 2); }).line, thrown_by([&] { read_all(bytes, 1); }).line);
}

// Each byte of the second block but those of its header that nobody needs. Deflate data end with bits of no meaning.
TEST(BgzfSource, RefusesDamage) {
  const std::string text = sample_text(300, 1);
  const std::string first = bgzf_block("first"), second = bgzf_block(text);
  std::size_t refused = 0;
  for (std::size_t at = 18; at < second.size(); ++at) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const std::string bytes = first + damaged + bgzf_block("");
    try {
      EXPECT_EQ(read_all(bytes, 2), "first" + text) << "a damaged byte " << at;
    } catch (const Error& error) {
      ++refused;
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      EXPECT_THAT(error.what(), HasSubstr("'x' is damaged gzip data before byte " +
                                          std::to_string(first.size() + second.size()) + ": "));
    }
  }
  EXPECT_GE(refused, second.size() - 18 - 1);
}

TEST(BgzfSource, GivesWhatPrecedesDamage) {
  std::string damaged = bgzf_block("second");
  damaged[damaged.size() - 8] = static_cast<char>(damaged[damaged.size() - 8] ^ 1);
  const std::string bytes = bgzf_block("first") + damaged + bgzf_block("");
  const auto source = open_memory("'x'", bytes, 2);
  std::string buffer(100, '\0');
  EXPECT_EQ(buffer.substr(0, source->read(buffer)), std::string("first"));
  EXPECT_THAT(thrown_by([&] { source->read(buffer); }).line, HasSubstr("the checksum is wrong"));
}

}  // namespace
}  // namespace anneal::io
