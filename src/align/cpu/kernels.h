// The vector kernels, compiled once per instruction set and chosen at run time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "align/cpu/diagonal_job.h"
#include "align/cpu/extend_job.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/lane_source.h"
#include "align/cpu/local_strip_job.h"
#include "align/cpu/stream_job.h"
#include "align/cpu/strip_job.h"
#include "align/cpu/tile_shapes.h"
#include "align/cpu/two_piece_job.h"
#include "align/letter_table.h"

namespace anneal::align::cpu {

/// No target has more lanes than this: Arm's SVE may have vectors of 2048 bits, others have at most 512.
#if defined(__aarch64__)
inline constexpr std::size_t max_lanes = 256;
#else
inline constexpr std::size_t max_lanes = 64;
#endif

/// Kernels that keep scores in 8, 16 or 32 bits.
struct WidthKernels {
  int bits = 0;
  std::size_t lanes = 0;  ///< pairs, or cells of an antidiagonal, per vector
  void (*fill_lanes)(const LaneJob&) = nullptr;
  std::int64_t local_columns = 0;                            ///< of fill_lanes: see tile_columns()
  void (*fill_stream)(StreamJob&) = nullptr;                 ///< null at 32 bits
  void (*extend)(ExtendJob&) = nullptr;                      ///< fills rows job.row .. job.stop_row - 1
  void (*fill_diagonals)(const DiagonalJob&) = nullptr;      ///< null at 8 bits
  void (*fill_two_piece)(const TwoPieceJob&) = nullptr;      ///< by differences of so many bits
  void (*fill_local_strip)(const LocalStripJob&) = nullptr;  ///< null at 8 bits
  std::int64_t strip_rows = 0;                               ///< of fill_local_strip

  /// Of the tiles in which fill_lanes does local or other alignments.
  std::int64_t tile_columns(bool local) const { return local ? local_columns : other_tile_columns; }
};

struct Kernels {
  /// Of tiles of local alignments in each width.
  std::array<std::int64_t, 3> local_tile_columns() const {
    return {width[0].local_columns, width[1].local_columns, width[2].local_columns};
  }

  std::size_t vector_bytes = 0;
  WidthKernels width[3];  ///< 8, 16 and 32 bits
  /// vector_bytes rows of one pair, in differences of 8 bits.
  void (*fill_strip)(const StripJob&) = nullptr;
  void (*build_profile)(const ProfileJob&) = nullptr;
  bool streams_look_pairs_up = false;  ///< whether streams can do without profiles: see StreamJob::pairs
  /// Writes one code per letter and returns whether all were valid.
  bool (*encode)(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) = nullptr;
  /// Sets bit k % 64 of word k / 64 where a[k] == b[k]; false where there is an N among these nucleotide codes.
  bool (*equal_letters)(const std::uint8_t* a, const std::uint8_t* b, std::size_t count,
                        std::uint64_t* equal) = nullptr;
  /// Writes numbers[code] for each code below 32; false where one is 0x80 or more. `count` is whole vectors.
  bool (*number_letters)(const std::uint8_t* numbers, const std::uint8_t* codes, std::size_t count,
                         std::uint8_t* out) = nullptr;
  void (*interleave)(const LaneSource* sources, std::size_t lanes, std::size_t positions, std::uint8_t padding,
                     std::uint8_t* out) = nullptr;
};

/// The kernels of a CPU backend such as "avx2"; null where this machine cannot run them.
const Kernels* find_kernels(std::string_view backend);

}  // namespace anneal::align::cpu
