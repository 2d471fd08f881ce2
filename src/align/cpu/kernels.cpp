#include "align/cpu/kernels.h"

#include "align/cpu/kernel_families.h"
#include "device/cpu/kernel_library.h"

namespace anneal::align::cpu {
namespace {

Kernels kernels_for(std::int64_t target) {
  const LetterKernels letters = letters_for(target);
  const LaneKernels lanes8 = lanes8_for(target), lanes16 = lanes16_for(target), lanes32 = lanes32_for(target);
  const ExtendKernels extend = extend_for(target);
  const DiagonalKernels diagonals = diagonals_for(target);
  const TwoPieceKernels two_piece = two_piece_for(target);
  const StripKernels strips = strip_for(target);
  const StreamKernels streams = stream_for(target);
  const std::size_t bytes = letters.vector_bytes;
  return {.vector_bytes = bytes,
          .width = {{.bits = 8,
                     .lanes = bytes,
                     .fill_lanes = lanes8.fill,
                     .local_columns = lanes8.local_columns,
                     .fill_stream = streams.bits8,
                     .extend = extend.bits8,
                     .fill_two_piece = two_piece.bits8},
                    {.bits = 16,
                     .lanes = bytes / 2,
                     .fill_lanes = lanes16.fill,
                     .local_columns = lanes16.local_columns,
                     .fill_stream = streams.bits16,
                     .extend = extend.bits16,
                     .fill_diagonals = diagonals.bits16,
                     .fill_two_piece = two_piece.bits16,
                     .fill_local_strip = strips.local16,
                     .strip_rows = strips.local_rows16},
                    {.bits = 32,
                     .lanes = bytes / 4,
                     .fill_lanes = lanes32.fill,
                     .local_columns = lanes32.local_columns,
                     .extend = extend.bits32,
                     .fill_diagonals = diagonals.bits32,
                     .fill_two_piece = two_piece.bits32,
                     .fill_local_strip = strips.local32,
                     .strip_rows = strips.local_rows32}},
          .fill_strip = strips.differences,
          .build_profile = streams.build_profile,
          .streams_look_pairs_up = streams.look_pairs_up,
          .encode = letters.encode,
          .equal_letters = letters.equal_letters,
          .number_letters = letters.number_letters,
          .interleave = letters.interleave};
}

}  // namespace

const Kernels* find_kernels(std::string_view backend) {
  static const device::cpu::KernelLibrary<Kernels> library(kernels_for);
  return library.find(backend);
}

}  // namespace anneal::align::cpu
