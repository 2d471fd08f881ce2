#include "align/cuda/chunk_work.h"

#include "align/cuda/end_finder.h"
#include "align/cuda/extend_finder.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {
namespace {

std::unique_ptr<Finder> make_finder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue) {
  if (stage.run.options().mode == Mode::extend) return std::make_unique<ExtendFinder>(stage, chunk, queue);
  return std::make_unique<EndFinder>(stage, chunk, queue);
}

}  // namespace

ChunkWork::ChunkWork(const Stage& stage, device::cuda::Queue& queue, std::size_t first, std::size_t last)
    : stage_(stage), queue_(queue), chunk_(stage, first, last), finder_(make_finder(stage, chunk_, queue)) {}

ChunkWork::~ChunkWork() {
  if (!is_idle_) queue_.drain();
}

bool ChunkWork::start() {
  if (!chunk_.encode()) return false;
  is_idle_ = false;
  chunk_.upload(queue_);
  finder_->start();
  return true;
}

bool ChunkWork::advance(CigarCollector* cigars, int writer) {
  if (!paths_) {
    if (!finder_->advance()) return false;
    if (cigars != nullptr) {
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

}  // namespace anneal::align::cuda
