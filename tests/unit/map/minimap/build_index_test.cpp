// Indices are those of minimap2's mm_idx_str(), slot by slot.
#include "map/minimap/build_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/error.h"
#include "map/minimap/index_tables.h"
#include "map/minimap/preset.h"

namespace anneal::map {
namespace {

class BuiltIndex : public testing::Test {
 protected:
  int draw(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  // With repeats near and far, runs of one letter, and runs without letters of DNA, also at ends and across the places
  // where a genome is cut into chunks.
  std::string draw_letters(int length) {
    std::string letters;
    while (static_cast<int>(letters.size()) < length) {
      const int kind = draw(0, 30), run = draw(1, kind == 1 ? 60 : 3000);
      if (kind == 0) {
        letters.append(static_cast<std::size_t>(run), "ACGTN"[draw(0, 4)]);
      } else if (kind == 1) {
        letters.append(static_cast<std::size_t>(run), 'n');
      } else if (kind == 2 && !letters.empty()) {
        letters += letters.substr(static_cast<std::size_t>(draw(0, static_cast<int>(letters.size()) - 1)), 2000);
      } else if (kind == 3) {
        std::string unit(static_cast<std::size_t>(draw(1, 40)), 'A');
        for (char& letter : unit) letter = "ACGT"[draw(0, 3)];
        for (int i = draw(2, 60); i > 0; --i) letters += unit;
      } else {
        for (int i = 0; i < run; ++i) letters += "ACGTacgt"[draw(0, 7)];
      }
    }
    letters.resize(static_cast<std::size_t>(length));
    return letters;
  }

  Genome draw_genome(int total) {
    Genome genome;
    for (int left = total; left > 0;) {
      const int length = draw(0, 3) == 0 ? draw(0, 50) : draw(1, std::max(1, 3 * total / 4));
      genome.names.push_back("chr" + std::to_string(genome.names.size()));
      genome.sequences.push_back(draw_letters(std::min(length, left)));
      left -= std::max(length, 1);
    }
    return genome;
  }

  std::mt19937 random_{5};
};

OwnedIndex built_by_library(const Genome& genome, const mm_idxopt_t& options) {
  std::vector<const char*> names, sequences;
  for (const std::string& name : genome.names) names.push_back(name.c_str());
  for (const std::string& sequence : genome.sequences) sequences.push_back(sequence.c_str());
  return OwnedIndex(mm_idx_str(options.w, options.k, options.flag & MM_I_HPC, options.bucket_bits,
                               static_cast<int>(names.size()), sequences.data(), names.data()));
}

void expect_equal_buckets(const IndexBucket& built, const IndexBucket& wanted) {
  ASSERT_EQ(built.place_count, wanted.place_count);
  ASSERT_TRUE(std::equal(built.places, built.places + built.place_count, wanted.places));
  ASSERT_EQ(built.table == nullptr, wanted.table == nullptr);
  if (built.table == nullptr) return;
  const IndexTable &table = *built.table, &other = *wanted.table;
  ASSERT_EQ(table.slot_count, other.slot_count);
  ASSERT_EQ(table.size, other.size);
  ASSERT_EQ(table.occupied, other.occupied);
  ASSERT_EQ(table.upper_bound, other.upper_bound);
  for (std::uint32_t slot = 0; slot < table.slot_count; ++slot) {
    ASSERT_EQ(table.is_empty(slot), other.is_empty(slot));
    if (table.is_empty(slot)) continue;
    ASSERT_EQ(table.keys[slot], other.keys[slot]);
    ASSERT_EQ(table.values[slot], other.values[slot]);
  }
}

void expect_equal(const mm_idx_t& built, const mm_idx_t& wanted) {
  ASSERT_EQ(built.n_seq, wanted.n_seq);
  ASSERT_EQ(built.w, wanted.w);
  ASSERT_EQ(built.k, wanted.k);
  ASSERT_EQ(built.b, wanted.b);
  ASSERT_EQ(built.flag, wanted.flag);
  std::uint64_t letters = 0;
  for (std::uint32_t i = 0; i < built.n_seq; ++i) {
    ASSERT_STREQ(built.seq[i].name, wanted.seq[i].name);
    ASSERT_EQ(built.seq[i].len, wanted.seq[i].len);
    ASSERT_EQ(built.seq[i].offset, wanted.seq[i].offset);
    letters += built.seq[i].len;
  }
  ASSERT_TRUE(std::equal(built.S, built.S + (letters + 7) / 8, wanted.S));
  for (std::size_t i = 0; i < std::size_t{1} << built.b; ++i) {
    ASSERT_NO_FATAL_FAILURE(expect_equal_buckets(IndexBucket::all_of(built)[i], IndexBucket::all_of(wanted)[i])) << i;
  }
}

TEST_F(BuiltIndex, IsThatOfTheLibrary) {
  for (const MapPreset preset : {MapPreset::sr, MapPreset::map_ont, MapPreset::map_hifi}) {
    mm_idxopt_t options = parameters_of(preset).index;
    options.bucket_bits = 10;  // the library keeps its time for other things
    for (const int total : {1, 20, 40, 1000, 200'000, 1'000'000}) {
      const Genome genome = draw_genome(total);
      const OwnedIndex wanted = built_by_library(genome, options), built = build_index(genome, options);
      ASSERT_NO_FATAL_FAILURE(expect_equal(*built, *wanted)) << name_of(preset) << ' ' << total;
    }
  }
}

// Windows of minimizers that are not placed one beside the other.
TEST_F(BuiltIndex, IsThatOfTheLibraryWhereRunsCountAsOne) {
  mm_idxopt_t options = parameters_of(MapPreset::map_ont).index;
  options.bucket_bits = 8;
  options.flag |= MM_I_HPC;
  const Genome genome = draw_genome(200'000);
  ASSERT_NO_FATAL_FAILURE(expect_equal(*build_index(genome, options), *built_by_library(genome, options)));
  options.flag = 0;
  options.k = 14;
  ASSERT_NO_FATAL_FAILURE(expect_equal(*build_index(genome, options), *built_by_library(genome, options)));
}

TEST_F(BuiltIndex, TellsHowManyLettersAreDone) {
  const Genome genome = draw_genome(200'000);
  std::uint64_t letters = 0, last = 0;
  for (const std::string& sequence : genome.sequences) letters += sequence.size();
  build_index(genome, parameters_of(MapPreset::sr).index, {.progress = [&](std::uint64_t done, std::uint64_t total) {
                EXPECT_GT(done, last);
                EXPECT_EQ(total, letters);
                last = done;
              }});
  EXPECT_EQ(last, letters);
}

TEST_F(BuiltIndex, CanBeStopped) {
  std::stop_source stop;
  stop.request_stop();
  try {
    build_index(draw_genome(1000), parameters_of(MapPreset::sr).index, {.stop = stop.get_token()});
    FAIL() << "it was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace anneal::map
