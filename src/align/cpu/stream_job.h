// What the kernel for streams of local pairs works on: each lane goes from one pair's rows to another's.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cpu/lane_job.h"
#include "align/cpu/pair_scores.h"
#include "align/cpu/stream_frame.h"

namespace anneal::align::cpu {

/// Rows of a lane come in blocks of 16 for each vector of bytes that a vector of scores has.
constexpr std::int64_t stream_block_rows(int bits) { return 2 * bits; }
/// A lane has at most so many rows, so that profiles stay in the cache.
inline constexpr std::int64_t most_stream_rows = 256;
/// The same where all lanes have one query: its H and E stay in the cache, and blocks of 16 are numbered in 8 bits.
inline constexpr std::int64_t most_query_rows = 4096;

/// Target letters that are taken at a time where all lanes have one query.
inline constexpr std::int64_t query_letters = 16;

/// How a stream finds scores.
enum class StreamKind {
  profiles,   ///< from a profile per lane, of its query's rows
  pairs,      ///< by pairs of letters
  one_query,  ///< from a profile of the targets' letters: all lanes have the same query, and all of its rows
};

/// A lane's part of a pair: some rows of it, all columns.
struct StreamLane {
  const std::uint8_t* target = nullptr;  ///< letters from the next tile on, padded by query_letters
  const std::uint8_t* top = nullptr;     ///< where not null: the row above from there on, see stream_edge_bytes()
  std::uint8_t* bottom = nullptr;        ///< where not null: the last row is stored there
  std::int32_t column = 0;               ///< of the next tile, from 0
  std::int32_t end_row = -1;             ///< the best cell, both from 0; -1 where none was better than at first
  std::int32_t end_column = 0;
  std::int32_t end_value = 0;
};

/// Bytes from letter to letter of a profile of so many rows: an odd number of cache lines, so that the letters' scores
/// for a row do not share a few places of the cache.
constexpr std::int64_t stream_stride(std::int64_t rows) { return ((rows + 63) / 64 | 1) * 64; }

/// Where the letters for 16 rows begin in StreamJob::numbers, from `row` on. Row by row, a vector of bytes has those of
/// one row of each part of a block.
constexpr std::size_t stream_letter_place(std::int64_t row, int bits, std::size_t lanes) {
  const std::int64_t first = row / stream_block_rows(bits) * stream_block_rows(bits);
  return (static_cast<std::size_t>(first) + static_cast<std::size_t>(row - first) / 16) * lanes;
}

/// H and F + gap_open of a tile's columns along an edge, as they are stored, and the base.
constexpr std::size_t stream_edge_bytes(std::size_t element) {
  return 2 * static_cast<std::size_t>(stream_columns) * element + sizeof(std::int32_t);
}

/// A vector here has one value per lane.
struct StreamJob {
  StreamLane* lanes = nullptr;
  const std::int32_t* active = nullptr;  ///< numbers of the lanes at work
  const std::int32_t* with_top = nullptr;
  const std::int32_t* with_bottom = nullptr;
  std::size_t active_count = 0;
  std::size_t top_count = 0;
  std::size_t bottom_count = 0;
  std::int64_t rows = 0;   ///< whole blocks
  std::int64_t tiles = 0;  ///< to be filled

  const std::uint8_t* profiles = nullptr;          ///< scores of a lane's rows, one after the other for each letter
  const std::uint32_t* profile_of_lane = nullptr;  ///< vector: where a lane's begin
  std::int64_t profile_stride = 0;                 ///< from letter to letter
  int padding_letter = 0;                          ///< stands for higher codes, too
  std::uint32_t* letters = nullptr;  ///< but for `one_query`: vector, the tile's codes; idle lanes keep theirs
  std::uint32_t* places = nullptr;   ///< [column][lane]: where the scores for a letter begin

  void* h = nullptr;       ///< vector per row: H(i,j) of the last column that is done
  void* e = nullptr;       ///< vector per row: E(i,j+1) + gap_open
  void* fall = nullptr;    ///< vector: what the first tile takes off h, e and corner: everything in lanes that start
  void* best = nullptr;    ///< vector: the highest H, or what is to be exceeded
  void* corner = nullptr;  ///< vector: H above the first row, in the last column that is done
  void* top_h = nullptr;   ///< [lane][column]: above the next tile; lanes without a row above keep what is there
  void* top_f = nullptr;
  void* bottom_h = nullptr;  ///< the same below
  void* bottom_f = nullptr;
  std::int32_t* base = nullptr;      ///< vector
  std::int32_t* top_base = nullptr;  ///< vector: of what is above the next tile; 0 for lanes without a row above

  StreamKind kind = StreamKind::profiles;
  Track track = Track::best_cell;  ///< best_score, only for `one_query`: `best` alone is found, and no lane's end
  const PairScores* pairs = nullptr;
  const std::uint8_t* numbers = nullptr;  ///< for `pairs`, those of the rows' letters: see stream_letter_place()
  std::uint8_t* block = nullptr;  ///< but for `one_query`: stream_columns * 16 vectors for scores of a block of rows

  const std::int8_t* row_scores = nullptr;  ///< for `one_query`: scores with 32 target letters, for each kind of row
  int row_kinds = 0;
  const std::uint8_t* kind_of_row = nullptr;
  std::uint8_t* column_scores = nullptr;  ///< stream_columns vectors of bytes for each kind of row

  StreamFrame frame;
};

/// What a profile is made of.
struct ProfileJob {
  const std::int8_t* matrix = nullptr;  ///< rows of 32 scores, one for each letter
  int letters = 0;                      ///< including padding
  const std::uint8_t* query = nullptr;  ///< codes, padded to whole 64 or whole vectors
  std::int64_t rows = 0;
  std::int64_t stride = 0;  ///< at least rows, rounded up so
  std::uint8_t* profile = nullptr;
};

}  // namespace anneal::align::cpu
