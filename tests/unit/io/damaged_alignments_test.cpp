// Files of three blocks or containers (header, records, end) with one byte that is another one, at each place.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "anneal/error.h"
#include "anneal/io/alignments.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/random_alignments.h"

namespace anneal::io {
namespace {

using Records = std::vector<AlignmentRecord>;

class DamagedAlignments : public testing::TestWithParam<AlignmentWriterOptions> {
 protected:
  DamagedAlignments() {
    AlignmentWriter writer(path_, test::sample_header(), GetParam());
    Records records = test::RandomAlignments(5).next(8);
    std::ranges::sort(records, {}, [](const AlignmentRecord& record) {
      return std::tuple(record.reference() < 0, record.reference(), record.position());
    });
    for (const AlignmentRecord& record : records) writer.write(record);
    writer.commit();
    std::ifstream file(path_, std::ios::binary);
    whole_.assign(std::istreambuf_iterator<char>(file), {});
    expected_ = *read();
  }

  // Nothing where the file is refused, which is the only other thing that may happen.
  std::optional<Records> read(int threads = 1, std::span<const Region> regions = {}) const {
    try {
      AlignmentReader reader(path_, {.threads = IoThreads(threads)});
      if (!regions.empty()) reader.query(regions);
      return test::read_records(reader);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input) << error.what();
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
      return std::nullopt;
    }
  }

  template <typename Action>
  void damage_each_byte(const Action& action) const {
    constexpr int changes[] = {0x01, 0x80, 0xff};
    for (std::size_t place = 0; place < whole_.size(); ++place) {
      put(place, static_cast<char>(whole_[place] ^ changes[place % std::size(changes)]));
      action(place);
      put(place, whole_[place]);
    }
  }
  void put(std::size_t place, char byte) const {
    std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(place)).put(byte);
  }

  test::TemporaryFolder folder_;
  std::string path_ = (folder_.path() / "x").string();
  std::string whole_;
  Records expected_;
};

// A few bytes are checked by nobody, such as gzip's time stamp: the records are then as they were.
TEST_P(DamagedAlignments, AreRefused) {
  std::size_t refused = 0;
  damage_each_byte([&](std::size_t place) {
    const auto found = read(place % 8 == 0 ? 2 : 1);
    if (found) {
      EXPECT_EQ(*found, expected_) << place;
    } else {
      ++refused;
    }
  });
  EXPECT_GT(refused, whole_.size() * 8 / 10);
}

TEST_P(DamagedAlignments, AreRefusedInRegions) {
  const std::vector<Region> everything = {{"chr1"}, {"HLA:01"}, {"chr2"}, {"*"}};
  const std::string index = index_alignments(path_);
  std::filesystem::last_write_time(index, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  ASSERT_EQ(*read(1, everything), expected_);
  damage_each_byte([&](std::size_t place) {
    const auto found = read(1, everything);
    if (found) {
      EXPECT_EQ(*found, expected_) << place;
    }
  });
}

INSTANTIATE_TEST_SUITE_P(Formats, DamagedAlignments,
                         testing::Values(AlignmentWriterOptions{.format = AlignmentFormat::bam},
                                         AlignmentWriterOptions{.format = AlignmentFormat::cram},
                                         AlignmentWriterOptions{.format = AlignmentFormat::cram,
                                                                .cram_version = CramVersion::v3_1}),
                         [](const auto& format) {
                           if (format.param.format == AlignmentFormat::bam) return "bam";
                           return format.param.cram_version == CramVersion::v3_1 ? "cram31" : "cram30";
                         });

}  // namespace
}  // namespace anneal::io
