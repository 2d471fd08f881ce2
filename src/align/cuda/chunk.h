// Neighbouring pairs of a batch that are on the device together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "align/cuda/end_batch.h"
#include "align/cuda/stage.h"
#include "align/gpu/chunk_pairs.h"
#include "align/gpu/mirror.h"

namespace anneal::align::cuda {

class Chunk : public ChunkPairs {
 public:
  /// Pairs first .. last - 1 of the run's batch. Clears their results.
  Chunk(const Stage& stage, std::size_t first, std::size_t last);

  /// Encodes on the calling thread. False where a byte is no letter, which the run then knows.
  bool encode();
  /// What follows in the queue finds the letters on the device.
  void upload(device::cuda::Queue& queue);

  /// Whether a query has A, C, G and T only, or may: for LetterScores.
  bool query_is_plain(std::size_t pair) const { return plain_[pair] != 0; }
  SequenceTable table(Side side) const;
  /// By pair, on the device; null where all are 0.
  const std::int32_t* band_centres() const;

 private:
  struct DeviceSide {
    Piece<std::int64_t> begins;
    Piece<std::int32_t> lengths;
  };

  void lay_out();
  bool encode_all();
  bool encode(Side side);
  bool encode(std::string_view text, std::int64_t start, bool& is_plain);
  bool list_others(std::string_view text, std::int64_t start);
  bool encode_letters(std::string_view text, std::uint8_t* codes) const;
  bool look_up(std::size_t pair, Side side, bool& is_plain) const;
  bool is_there() const { return stage_.device_letters != nullptr; }
  bool is_packed() const { return packs_ && !too_many_others_ && !is_there(); }
  bool is_sent_whole() const { return !is_packed() && !is_there(); }
  bool must_start_anew() const { return too_many_others_ && other_places_.size > 0; }

  const Stage& stage_;
  Run& run_;
  bool packs_;                    // two bits per nucleotide, and a list of those that are none of the four
  bool too_many_others_ = false;  // so that bytes are sent after all
  std::size_t others_ = 0;
  std::vector<std::uint8_t> plain_;  // by pair, of queries
  std::vector<std::uint8_t> codes_;
  Piece<std::uint8_t> letters_;
  Piece<std::uint32_t> other_places_;
  DeviceSide device_sides_[2];
  Piece<std::int32_t> centres_;
  Mirror mirror_;
  device::Buffer<unsigned char> unpacked_;  // of the device, where letters are not sent as they are
};

}  // namespace anneal::align::cuda
