// Aligns one batch while the next one is made; and sequences that are in a GPU's memory already.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/async.h"

namespace {

std::vector<std::string> make_batch(std::size_t number) {
  return std::vector<std::string>(1000, std::string(50 + number, "ACGT"[number % 4]));
}

// All pointers are into the memory of the GPU that is the aligner's backend, "cuda"; `stream` is a cudaStream_t.
[[maybe_unused]] anneal::PendingAlignment align_there(const anneal::Aligner& aligner, const void* letters,
                                                      const std::int64_t* query_offsets,
                                                      const std::int64_t* target_offsets, std::size_t pairs,
                                                      void* stream) {
  const anneal::DevicePairs there{
      .queries = {letters, query_offsets, pairs}, .targets = {letters, target_offsets, pairs}, .stream = stream};
  return anneal::align_async(aligner, there);
}

}  // namespace

int main() {
  const anneal::Aligner aligner({.output = anneal::Output::score}, {.threads = 2});
  std::vector<std::string> sequences = make_batch(0);
  for (std::size_t number = 0; number < 3; ++number) {
    const std::vector<std::string_view> views(sequences.begin(), sequences.end());
    anneal::PendingAlignment pending = anneal::align_async(aligner, {.queries = views, .targets = views});
    std::vector<std::string> next = make_batch(number + 1);  // meanwhile
    const anneal::AlignResults results = pending.get();      // waits, and throws what the call threw
    std::printf("batch %zu: %zu pairs, the last one scores %d\n", number, results.size(), results[999].score);
    sequences = std::move(next);
  }
}
