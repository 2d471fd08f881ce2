// The kernels of each family for one Highway target. Families are translation units of their own, so that they compile
// in parallel; kernels.cpp puts them together.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cpu/diagonal_job.h"
#include "align/cpu/extend_job.h"
#include "align/cpu/lane_job.h"
#include "align/cpu/lane_source.h"
#include "align/cpu/local_strip_job.h"
#include "align/cpu/stream_job.h"
#include "align/cpu/strip_job.h"
#include "align/cpu/two_piece_job.h"
#include "align/letter_table.h"

namespace anneal::align::cpu {

struct LaneKernels {
  void (*fill)(const LaneJob&) = nullptr;
  std::int64_t local_columns = 0;  ///< of a tile of local alignments
};

struct ExtendKernels {
  void (*bits8)(ExtendJob&) = nullptr;
  void (*bits16)(ExtendJob&) = nullptr;
  void (*bits32)(ExtendJob&) = nullptr;
};

struct DiagonalKernels {
  void (*bits16)(const DiagonalJob&) = nullptr;
  void (*bits32)(const DiagonalJob&) = nullptr;
};

struct TwoPieceKernels {
  void (*bits8)(const TwoPieceJob&) = nullptr;
  void (*bits16)(const TwoPieceJob&) = nullptr;
  void (*bits32)(const TwoPieceJob&) = nullptr;
};

struct StripKernels {
  void (*differences)(const StripJob&) = nullptr;
  void (*local16)(const LocalStripJob&) = nullptr;
  void (*local32)(const LocalStripJob&) = nullptr;
  std::int64_t local_rows16 = 0;
  std::int64_t local_rows32 = 0;
};

struct StreamKernels {
  void (*bits8)(StreamJob&) = nullptr;
  void (*bits16)(StreamJob&) = nullptr;
  void (*build_profile)(const ProfileJob&) = nullptr;
  bool look_pairs_up = false;
};

struct LetterKernels {
  bool (*encode)(const LetterTable& table, const char* letters, std::size_t count, std::uint8_t* codes) = nullptr;
  bool (*equal_letters)(const std::uint8_t* a, const std::uint8_t* b, std::size_t count,
                        std::uint64_t* equal) = nullptr;
  bool (*number_letters)(const std::uint8_t* numbers, const std::uint8_t* codes, std::size_t count,
                         std::uint8_t* out) = nullptr;
  void (*interleave)(const LaneSource* sources, std::size_t lanes, std::size_t positions, std::uint8_t padding,
                     std::uint8_t* out) = nullptr;
  std::size_t vector_bytes = 0;
};

LaneKernels lanes8_for(std::int64_t target);
LaneKernels lanes16_for(std::int64_t target);
LaneKernels lanes32_for(std::int64_t target);
ExtendKernels extend_for(std::int64_t target);
DiagonalKernels diagonals_for(std::int64_t target);
TwoPieceKernels two_piece_for(std::int64_t target);
StripKernels strip_for(std::int64_t target);
StreamKernels stream_for(std::int64_t target);
LetterKernels letters_for(std::int64_t target);

}  // namespace anneal::align::cpu
