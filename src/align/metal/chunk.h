// Neighbouring pairs of a batch that are on the device together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "align/gpu/chunk_pairs.h"
#include "align/gpu/end_batch.h"
#include "align/gpu/mirror.h"
#include "align/metal/stage.h"

namespace anneal::align::metal {

class Chunk : public gpu::ChunkPairs {
 public:
  /// Pairs first .. last - 1 of the run's batch. Clears their results.
  Chunk(const Stage& stage, std::size_t first, std::size_t last);

  /// Encodes on the calling thread. False where a byte is no letter, which the run then knows.
  bool encode();
  /// What follows in the queue finds the letters on the device.
  void upload(device::metal::Queue& queue);

  /// Whether a query has A, C, G and T only, or may: for LetterScores.
  bool query_is_plain(std::size_t pair) const { return plain_[pair] != 0; }
  gpu::SequenceTable table(Side side) const;
  /// By pair, on the device; null where all are 0.
  const std::int32_t* band_centres() const { return has_centres() ? mirror_.device(centres_) : nullptr; }

 private:
  struct DeviceSide {
    gpu::Piece<std::int64_t> begins;
    gpu::Piece<std::int32_t> lengths;
  };

  void lay_out();
  bool encode(Side side);
  bool encode(std::string_view text, std::uint8_t* codes, bool& is_plain) const;

  const Stage& stage_;
  Run& run_;
  bool has_nucleotides_;
  std::vector<std::uint8_t> plain_;  // by pair, of queries
  DeviceSide device_sides_[2];
  gpu::Piece<std::int32_t> centres_;
  gpu::Piece<std::uint8_t> letters_;
  gpu::Mirror mirror_;
};

}  // namespace anneal::align::metal
