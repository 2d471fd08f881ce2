#include "map/minimap/saved_index.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "anneal/error.h"

namespace anneal::map {
namespace {

struct Bucket {
  std::vector<std::uint64_t> places;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> minimizers;
};

// A dump as minimap2 writes it, of preset sr: two targets of 30 and 24 letters, and two buckets.
struct Dump {
  std::uint32_t window = 11, letters = 21, bucket_bits = 1, flags = 0;
  std::vector<std::pair<std::string, std::uint32_t>> targets = {{"chr1", 30}, {"chr2", 24}};
  std::vector<Bucket> buckets = {
      {.places = {place(0, 22), place(1, 20)}, .minimizers = {{several(5), run(0, 2)}, {single(7), place(0, 29)}}},
      {.minimizers = {{single(5), place(1, 23)}}}};
  std::vector<std::uint32_t> codes = std::vector<std::uint32_t>(7, 0x43210123);

  static std::uint64_t place(std::uint64_t target, std::uint64_t position) { return target << 32 | position << 1; }
  static std::uint64_t run(std::uint64_t begin, std::uint64_t count) { return begin << 32 | count; }
  static std::uint64_t several(std::uint64_t minimizer) { return minimizer << 1; }
  static std::uint64_t single(std::uint64_t minimizer) { return minimizer << 1 | 1; }

  std::string bytes() const {
    std::string text = "MMI\2";
    const auto put = [&text](const auto& value) { text.append(reinterpret_cast<const char*>(&value), sizeof value); };
    for (const std::uint32_t value :
         {window, letters, bucket_bits, static_cast<std::uint32_t>(targets.size()), flags}) {
      put(value);
    }
    for (const auto& [name, length] : targets) {
      put(static_cast<std::uint8_t>(name.size()));
      text += name;
      put(length);
    }
    for (const Bucket& bucket : buckets) {
      put(static_cast<std::uint32_t>(bucket.places.size()));
      for (const std::uint64_t place : bucket.places) put(place);
      put(static_cast<std::uint32_t>(bucket.minimizers.size()));
      for (const auto& [key, value] : bucket.minimizers) {
        put(key);
        put(value);
      }
    }
    for (const std::uint32_t word : codes) put(word);
    return text;
  }
};

MapIndex load(const std::string& dump) { return load_index(dump + seal_bytes(dump), MapPreset::sr, "'x.mmi'"); }

std::string error_of(const std::string& dump) {
  try {
    load(dump);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    return error.what();
  }
  return {};
}

template <typename Change>
void expect_damaged(Change change) {
  Dump dump;
  change(dump);
  EXPECT_NE(error_of(dump.bytes()).find("'x.mmi' is damaged"), std::string::npos);
}

TEST(SavedIndex, LoadsWhatIsSound) {
  const MapIndex index = load(Dump().bytes());
  ASSERT_EQ(index.target_count(), 2);
  EXPECT_EQ(index.target_name(1), "chr2");
  EXPECT_EQ(index.target_length(1), 24);
  EXPECT_EQ(index.letters(0, 0, 10), "TGCACGTNTG");
}

TEST(SavedIndex, OfAnotherPresetSaysSo) {
  Dump dump;
  dump.letters = 15;
  EXPECT_NE(error_of(dump.bytes()).find("minimizers of 15 letters in windows of 11"), std::string::npos);
}

// All that follows has a seal that is right.

TEST(SavedIndex, RefusesPlacesOutsideOfTargets) {
  expect_damaged([](Dump& dump) { dump.buckets[1].minimizers[0].second = Dump::place(2, 23); });
  expect_damaged([](Dump& dump) { dump.buckets[1].minimizers[0].second = Dump::place(1, 24); });
  expect_damaged([](Dump& dump) { dump.buckets[1].minimizers[0].second = Dump::place(1, 19); });
  expect_damaged([](Dump& dump) { dump.buckets[0].places[1] = Dump::place(1, 24); });
}

TEST(SavedIndex, RefusesRunsOutsideOfTheirBucket) {
  for (const auto& [begin, count] : {std::pair(1, 2), std::pair(3, 1), std::pair(0, 0), std::pair(-1, 2)}) {
    expect_damaged([&](Dump& dump) {
      dump.buckets[0].minimizers[0].second =
          Dump::run(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(count));
    });
  }
}

TEST(SavedIndex, RefusesPlacesOutOfOrder) {
  expect_damaged([](Dump& dump) { std::swap(dump.buckets[0].places[0], dump.buckets[0].places[1]); });
}

TEST(SavedIndex, RefusesMinimizersThatComeTwice) {
  expect_damaged([](Dump& dump) { dump.buckets[0].minimizers[1].first = Dump::single(5); });
}

TEST(SavedIndex, RefusesCodesThatAreNoLetters) {
  for (std::uint32_t code = 5; code < 16; ++code) {
    for (std::uint32_t shift = 0; shift < 32; shift += 4) {
      expect_damaged([&](Dump& dump) { dump.codes[3] = (dump.codes[3] & ~(15U << shift)) | code << shift; });
    }
  }
}

TEST(SavedIndex, RefusesNamesThatSamCannotHold) {
  for (const std::string& name : {std::string(), std::string("a\tb"), std::string("a\0b", 3), std::string("chr2")}) {
    expect_damaged([&](Dump& dump) { dump.targets[0].first = name; });
  }
}

TEST(SavedIndex, RefusesSizesThatAreNotThose) {
  expect_damaged([](Dump& dump) { dump.targets.clear(); });
  expect_damaged([](Dump& dump) { dump.targets[0].second = 0x80000000; });
  expect_damaged([](Dump& dump) { dump.bucket_bits = 31; });
  expect_damaged([](Dump& dump) { dump.buckets.pop_back(); });
  expect_damaged([](Dump& dump) { dump.codes.pop_back(); });
  expect_damaged([](Dump& dump) { dump.codes.push_back(0); });
}

// minimap2 computes how often minimizers occur, and reads the most frequent one's count even where there is none.
TEST(SavedIndex, RefusesLettersWithoutMinimizers) {
  const auto without_minimizers = [](Dump& dump) {
    for (Bucket& bucket : dump.buckets) bucket = {};
  };
  expect_damaged([&](Dump& dump) {
    without_minimizers(dump);
    dump.codes.assign(7, 0);
  });
  Dump dump;  // every eighth letter is an N
  without_minimizers(dump);
  EXPECT_EQ(error_of(dump.bytes()), "");
}

TEST(SavedIndex, AnyChangedByteIsAnErrorOrAnIndex) {
  const std::string whole = Dump().bytes();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int change : {1, 2, 4, 128, 255}) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ change);
      try {
        const MapIndex index = load(bytes);
        for (int target = 0; target < index.target_count(); ++target) {
          const std::string letters = index.letters(target, 0, index.target_length(target));
          EXPECT_EQ(letters.find_first_not_of("ACGTN"), std::string::npos);
        }
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      }
    }
    EXPECT_NE(error_of(whole.substr(0, i)), "");
  }
}

}  // namespace
}  // namespace anneal::map
