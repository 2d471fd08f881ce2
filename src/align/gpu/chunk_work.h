// A chunk on its way through a queue of the device.
#pragma once

#include <memory>
#include <vector>

#include "align/cigar_collector.h"
#include "align/engine.h"
#include "align/gpu/end_finder.h"
#include "align/gpu/extend_finder.h"
#include "align/gpu/finder.h"
#include "align/gpu/two_piece_finder.h"

namespace anneal::align::gpu {

/// `Platform` names the classes of a kind of GPU.
template <class Platform>
class ChunkWork {
 public:
  using Queue = typename Platform::Queue;
  using Stage = typename Platform::Stage;
  using Chunk = typename Platform::Chunk;
  using PathFinder = typename Platform::PathFinder;

  /// Pairs first .. last - 1, by `queue`. Throws Error(out_of_memory) where their buffers do not fit, and what the
  /// runtime throws; so do the other calls.
  ChunkWork(const Stage& stage, Queue& queue, std::size_t first, std::size_t last);
  /// Waits for what still uses the buffers.
  ~ChunkWork();
  ChunkWork(const ChunkWork&) = delete;
  ChunkWork& operator=(const ChunkWork&) = delete;

  std::size_t first() const { return chunk_.first(); }
  std::size_t last() const { return chunk_.first() + chunk_.size(); }

  /// Encodes, and submits what can be submitted. False where a letter was none, which the run knows.
  bool start();
  /// Whether advance() will not wait. Throws where the work failed.
  bool is_ready() const { return paths_ ? paths_->is_ready() : finder_->is_ready(); }
  /// Waits for what was submitted and stores its results in the run, and CIGARs as those of `writer` where they are
  /// wanted; submits what comes next. Whether nothing does.
  bool advance(CigarCollector* cigars, int writer);
  /// Then: the pairs that no kernel has done.
  const std::vector<std::size_t>& left_out() const { return left_out_; }
  Queue& queue() const { return queue_; }

 private:
  static std::unique_ptr<Finder> make_finder(const Stage& stage, const Chunk& chunk, Queue& queue) {
    if (needs_two_piece_kernels(stage.run.options())) {
      return std::make_unique<TwoPieceFinder<Platform>>(stage, chunk, queue);
    }
    if (stage.run.options().mode == Mode::extend) return std::make_unique<ExtendFinder<Platform>>(stage, chunk, queue);
    return std::make_unique<EndFinder<Platform>>(stage, chunk, queue);
  }

  const Stage& stage_;
  Queue& queue_;
  Chunk chunk_;
  std::unique_ptr<Finder> finder_;
  std::unique_ptr<PathFinder> paths_;
  std::vector<std::size_t> left_out_;
  bool is_idle_ = true;
};

template <class Platform>
ChunkWork<Platform>::ChunkWork(const Stage& stage, Queue& queue, std::size_t first, std::size_t last)
    : stage_(stage), queue_(queue), chunk_(stage, first, last), finder_(make_finder(stage, chunk_, queue)) {}

template <class Platform>
ChunkWork<Platform>::~ChunkWork() {
  if (!is_idle_) queue_.drain();
}

template <class Platform>
bool ChunkWork<Platform>::start() {
  if (!chunk_.encode()) return false;
  is_idle_ = false;
  chunk_.upload(queue_);
  finder_->start();
  return true;
}

template <class Platform>
bool ChunkWork<Platform>::advance(CigarCollector* cigars, int writer) {
  if (!paths_) {
    if (!finder_->advance()) return false;
    left_out_ = finder_->left_out();
    if (cigars != nullptr && finder_->finds_paths()) {
      finder_->store_paths(*cigars, writer);
    } else if (cigars != nullptr) {
      paths_ = std::make_unique<PathFinder>(stage_, chunk_, queue_, *finder_);
      if (paths_->start()) return false;
    }
  } else if (!paths_->advance()) {
    return false;
  }
  if (paths_) left_out_ = paths_->store(*cigars, writer);
  is_idle_ = true;
  return true;
}

}  // namespace anneal::align::gpu
