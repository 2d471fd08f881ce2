// Extends a chunk's pairs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "align/cuda/chunk.h"
#include "align/cuda/extend_kernels.h"
#include "align/cuda/finder.h"
#include "align/cuda/mirror.h"
#include "align/cuda/stage.h"

namespace anneal::align::cuda {

/// For Mode::extend. Every pair goes to the cheapest kernel that takes its band and its scores.
class ExtendFinder final : public Finder {
 public:
  ExtendFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue);

  void start() override;
  bool is_ready() const override { return !done_ || done_->is_done(); }
  bool advance() override;
  const recurrence::EndCell* cells() const override { return nullptr; }

 private:
  std::size_t kernel_for(std::size_t pair, std::int32_t band) const;
  void launch(const ExtendKernel& kernel, std::size_t first, std::size_t count, std::int32_t longest_query);

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  device::cuda::Queue& queue_;
  std::span<const ExtendKernel> kernels_;
  recurrence::ExtendCosts costs_;
  Piece<std::int32_t> h0_;
  Piece<std::int32_t> bands_;
  Piece<std::int32_t> order_;
  Piece<recurrence::ExtendEnd> results_;
  Mirror mirror_;
  std::vector<device::Buffer<std::int32_t>> rows_;
  DeviceClock::Span span_;
  std::shared_ptr<const device::Event> done_;
};

}  // namespace anneal::align::cuda
