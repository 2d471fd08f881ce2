#include "align/cigar_collector.h"

#include <gtest/gtest.h>

#include <limits>

namespace anneal::align {
namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

TEST(CigarCollector, PutsCigarsIntoInputOrder) {
  constexpr std::size_t pairs = 10000;
  constexpr int writers = 7;
  CigarMemory memory(unlimited);
  CigarCollector collector(memory, pairs, writers);
  collector.clear(0, pairs);
  for (std::size_t pair = pairs; pair-- > 0;) {
    const int writer = static_cast<int>(pair % writers);
    std::vector<CigarOp>& ops = collector.ops(writer);
    const std::size_t first = ops.size();
    if (pair % 5 == 0) continue;  // no path
    for (std::size_t k = 0; k < pair % 4; ++k) ops.emplace_back(CigarOp::equal, static_cast<std::uint32_t>(pair + k));
    collector.record(pair, writer, first);
  }
  for (const int threads : {1, 2}) {
    AlignResults results;
    results.alignments.resize(pairs);
    device::cpu::Queue queue(threads);
    collector.merge_into(results, queue);
    ASSERT_EQ(results.cigar_offsets.size(), pairs + 1);
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const auto cigar = results.cigar(pair);
      ASSERT_EQ(cigar.size(), pair % 5 == 0 ? 0 : pair % 4);
      for (std::size_t k = 0; k < cigar.size(); ++k) EXPECT_EQ(cigar[k].length(), pair + k);
    }
  }
}

TEST(CigarCollector, TakesAnEmptyBatch) {
  AlignResults results;
  device::cpu::Queue queue(1);
  CigarMemory memory(unlimited);
  CigarCollector(memory, 0, 0).merge_into(results, queue);
  EXPECT_EQ(results.cigar_offsets, std::vector<std::uint64_t>{0});
}

// Two CIGARs of one operation each.
void collect(CigarMemory& memory, AlignResults& results) {
  device::cpu::Queue queue(1);
  CigarCollector collector(memory, 2, 1);
  collector.clear(0, 2);
  for (const std::size_t pair : {0u, 1u}) {
    const std::size_t first = collector.ops(0).size();
    collector.ops(0).emplace_back(CigarOp::equal, 7);
    collector.record(pair, 0, first);
  }
  results.alignments.resize(2);
  collector.merge_into(results, queue);
}

TEST(CigarCollector, ForgetsWhatItsMemoryHeld) {
  CigarMemory memory(unlimited);
  AlignResults results;
  for (int call = 0; call < 3; ++call) {
    collect(memory, results);
    EXPECT_EQ(results.cigar_offsets, (std::vector<std::uint64_t>{0, 1, 2}));
    EXPECT_EQ(results.cigar_ops.size(), 2u);
  }
}

TEST(CigarMemory, KeepsWhatIsGivenBackUpToItsLimit) {
  constexpr std::uint64_t limit = 100 * sizeof(CigarPlace);
  CigarMemory memory(limit);
  for (const std::size_t pairs : {100, 101}) {
    CigarMemory::Parts parts = memory.take(pairs, 1);
    const CigarPlace* places = parts.places.get();
    EXPECT_EQ(parts.bytes(), pairs * sizeof(CigarPlace));
    memory.give_back(std::move(parts));
    const CigarMemory::Parts again = memory.take(1, 1);
    EXPECT_EQ(again.places.get() == places, pairs == 100);
  }
}

TEST(CigarMemory, KeepsTheLargerOfTwo) {
  CigarMemory memory(unlimited);
  CigarMemory::Parts small = memory.take(10, 1), large = memory.take(1000, 3);
  memory.give_back(std::move(large));
  memory.give_back(std::move(small));
  const CigarMemory::Parts parts = memory.take(1, 2);
  EXPECT_EQ(parts.places_size, 1000u);
  EXPECT_EQ(parts.lists.size(), 2u);
}

}  // namespace
}  // namespace anneal::align
