#include "io/input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::bgzf_block;
using test::gzip;
using test::thrown_by;
using test::zstd;
using testing::HasSubstr;

std::string read_all(ByteSource& source, std::size_t step = 1000) {
  std::string text, buffer(step, '\0');
  while (const std::size_t count = source.read(buffer)) text.append(buffer, 0, count);
  EXPECT_EQ(source.read(buffer), 0u) << "the end must stay the end";
  return text;
}

std::string read_memory(std::string_view bytes, std::size_t step = 1000) {
  return read_all(*open_memory("'x'", bytes), step);
}

// Compresses well in places and badly in others, so that decoders pause at odd places.
std::string sample_text(std::size_t size) {
  std::string text;
  std::uint32_t state = 1;
  while (text.size() < size) {
    state = state * 1664525u + 1013904223u;
    text += "ACGT"[state >> 30];
    if (state % 97 == 0) text.append(state % 300, 'A');
  }
  text.resize(size);
  return text;
}

TEST(Input, ReadsEveryCompressionByContent) {
  for (const std::size_t size : {0u, 1u, 17u, 18u, 19u, 5000u, 3000000u}) {
    const std::string text = sample_text(size);
    EXPECT_EQ(read_memory(text), text);
    EXPECT_EQ(read_memory(gzip(text)), text);
    EXPECT_EQ(read_memory(zstd(text)), text);
  }
}

TEST(Input, ReadsGzipMembersThatStoreAFileName) {
  for (std::size_t length = 1; length < 40; ++length) {
    const std::string bytes = test::named_gzip("first", std::string(length, 'n'));
    EXPECT_EQ(read_memory(bytes + bytes), "firstfirst") << "a name of " << length << " letters";
    EXPECT_THROW(read_memory(std::string_view(bytes).substr(0, 10 + length / 2)), Error);
  }
}

TEST(Input, ReadsInStepsOfOneByte) {
  const std::string text = sample_text(3000);
  EXPECT_EQ(read_memory(text, 1), text);
  EXPECT_EQ(read_memory(gzip(text), 1), text);
  EXPECT_EQ(read_memory(zstd(text), 1), text);
}

TEST(Input, JoinsGzipMembersAndZstdFrames) {
  const std::string empty_member = gzip("");
  EXPECT_EQ(read_memory(gzip("ab") + empty_member + gzip("c") + empty_member), "abc");
  EXPECT_EQ(read_memory(zstd("ab") + zstd("") + zstd("c")), "abc");
}

TEST(Input, SkipsZstdFramesThatHoldNoData) {
  using std::string_literals::operator""s;
  const std::string skippable = "\x53\x2a\x4d\x18\x03\0\0\0xyz"s;
  EXPECT_EQ(read_memory(skippable + zstd("abc")), "abc");
}

TEST(Input, ReadsBgzf) {
  const std::string text = sample_text(60000);
  EXPECT_EQ(read_memory(bgzf_block(text) + bgzf_block("tail") + bgzf_block("")), text + "tail");
  EXPECT_EQ(read_memory(bgzf_block("")), "");
}

TEST(Input, RefusesBgzfWithoutItsEndMarker) {
  const std::string bytes = bgzf_block("one") + bgzf_block("two");
  const auto error = thrown_by([&] { read_memory(bytes); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_THAT(error.line, HasSubstr("'x' is truncated after " + std::to_string(bytes.size()) + " bytes"));
  EXPECT_THAT(error.line, HasSubstr("end marker"));
}

// Cutting at the end of a member leaves a whole file, save in BGZF.
TEST(Input, RefusesEveryTruncation) {
  const std::string text = sample_text(400);
  const std::string bgzf = bgzf_block(text.substr(0, 200)) + bgzf_block(text.substr(200)) + bgzf_block("");
  for (const std::string& bytes : {gzip(text), zstd(text), bgzf}) {
    ASSERT_EQ(read_memory(bytes), text);
    for (std::size_t size = 1; size < bytes.size(); ++size) {
      const auto error = thrown_by([&] { read_memory(std::string_view(bytes).substr(0, size)); });
      EXPECT_EQ(error.code, ErrorCode::invalid_input);
      EXPECT_THAT(error.line, HasSubstr("'x' is truncated after " + std::to_string(size) + " bytes"));
    }
  }
}

TEST(Input, RefusesTruncationInALaterMember) {
  for (const auto compress : {&gzip, &zstd}) {
    const std::string first = compress("first"), both = first + compress("second");
    for (std::size_t size = first.size() + 1; size < both.size(); ++size) {
      EXPECT_THAT(thrown_by([&] { read_memory(std::string_view(both).substr(0, size)); }).line,
                  HasSubstr("is truncated after " + std::to_string(size) + " bytes"));
    }
  }
}

TEST(Input, RefusesDamagedData) {
  const std::string text = sample_text(500);
  std::string bad_checksum = gzip(text);
  bad_checksum[bad_checksum.size() - 8] ^= 1;
  EXPECT_THAT(thrown_by([&] { read_memory(bad_checksum); }).line, HasSubstr("checksum"));
  std::string bad_size = gzip(text);
  bad_size[bad_size.size() - 4] ^= 1;
  EXPECT_THAT(thrown_by([&] { read_memory(bad_size); }).line, HasSubstr("checksum"));
  std::string bad_method = gzip(text);
  bad_method[2] = 7;
  EXPECT_THAT(thrown_by([&] { read_memory(bad_method); }).line, HasSubstr("damaged gzip"));
  std::string bad_frame = zstd(text);
  bad_frame[8] ^= 0x55;
  EXPECT_THAT(thrown_by([&] { read_memory(bad_frame); }).line, HasSubstr("zstd"));
}

TEST(Input, RefusesBytesBehindCompressedData) {
  EXPECT_THAT(thrown_by([] { read_memory(gzip("a") + "rest"); }).line, HasSubstr("after the end of its gzip data"));
  EXPECT_THAT(thrown_by([] { read_memory(zstd("a") + "rest"); }).line, HasSubstr("damaged zstd"));
}

TEST(Input, ReadsFiles) {
  const test::TemporaryFolder folder;
  folder.write("plain", "text");
  folder.write("packed", gzip("text"));
  for (const char* const file : {"plain", "packed"}) {
    const std::string path = folder.path() / file;
    const auto source = open_input(path);
    EXPECT_EQ(read_all(*source), "text");
    EXPECT_EQ(source->name(), "'" + path + "'");
  }
}

TEST(Input, NamesTheFileThatItCannotOpen) {
  const test::TemporaryFolder folder;
  const std::string missing = folder.path() / "missing.fa";
  auto error = thrown_by([&] { open_input(missing); });
  EXPECT_EQ(error.code, ErrorCode::io);
  EXPECT_THAT(error.line, HasSubstr("cannot open '" + missing + "': No such file or directory; check the path"));
  error = thrown_by([&] { open_input(folder.path()); });
  EXPECT_EQ(error.code, ErrorCode::io);
  EXPECT_THAT(error.line, HasSubstr("it is a directory"));
}

TEST(Input, NamesTheFileThatItMayNotRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const test::TemporaryFolder folder;
  folder.write("secret", "text");
  std::filesystem::permissions(folder.path() / "secret", std::filesystem::perms::none);
  EXPECT_THAT(thrown_by([&] { open_input(folder.path() / "secret"); }).line, HasSubstr("chmod +r"));
}

}  // namespace
}  // namespace anneal::io
