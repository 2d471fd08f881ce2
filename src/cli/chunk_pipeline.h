// Reads chunks one after the other, works on several at a time, and finishes them in their order.
#pragma once

#include <tbb/concurrent_queue.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace anneal::cli {

/// Chunks are used again and again; which one comes next does not depend on what they hold.
template <typename Chunk>
class ChunkPipeline {
 public:
  explicit ChunkPipeline(int threads) : ChunkPipeline(threads, std::min(threads + 2, 16)) {}
  /// At most so many chunks are under way, those that wait for an earlier one included; one of one thread.
  ChunkPipeline(int threads, int most_chunks) : arena_(threads), most_(threads == 1 ? 1 : most_chunks) {}

  /// `read(chunk)` returns false at the end; `work(chunk)` is called by several threads at once. Stops at the first
  /// exception, which it throws.
  template <typename Read, typename Work, typename Finish>
  void run(const Read& read, const Work& work, const Finish& finish) {
    const auto next = [&](tbb::flow_control& control) {
      Chunk* const chunk = take_free();
      if (!read(*chunk)) control.stop();
      return chunk;
    };
    const auto process = [&](Chunk* chunk) {
      work(*chunk);
      return chunk;
    };
    const auto end = [&](Chunk* chunk) {
      finish(*chunk);
      free_.push(chunk);
    };
    arena_.execute([&] {
      tbb::parallel_pipeline(static_cast<std::size_t>(most_),
                             tbb::make_filter<void, Chunk*>(tbb::filter_mode::serial_in_order, next) &
                                 tbb::make_filter<Chunk*, Chunk*>(tbb::filter_mode::parallel, process) &
                                 tbb::make_filter<Chunk*, void>(tbb::filter_mode::serial_in_order, end));
    });
  }

  /// All that were used, for what they have gathered.
  const std::vector<std::unique_ptr<Chunk>>& chunks() const { return chunks_; }

 private:
  Chunk* take_free() {
    Chunk* chunk = nullptr;
    if (free_.try_pop(chunk)) return chunk;
    return chunks_.emplace_back(std::make_unique<Chunk>()).get();
  }

  tbb::task_arena arena_;
  int most_;
  std::vector<std::unique_ptr<Chunk>> chunks_;  // touched by the reader only
  tbb::concurrent_queue<Chunk*> free_;
};

}  // namespace anneal::cli
