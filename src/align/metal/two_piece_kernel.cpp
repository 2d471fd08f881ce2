#include "align/metal/two_piece_kernel.h"

#include "align/metal/arguments.h"
#include "align/metal/launch.h"
#include "device/metal/queue.h"

namespace anneal::align::metal {

extern const device::metal::Source two_piece_kernel_source;

namespace {

using Letters = const unsigned char*;
using Begins = const std::int64_t*;
using Ints = const std::int32_t*;
using TwoPieceLaunch = device::metal::Kernel<device::metal::FirstGroup, Letters, Begins, Ints, Letters, Begins, Ints,
                                             Ints, Ints, recurrence::TwoPieceEnd*, Begins, recurrence::Word*,
                                             const recurrence::Word*, unsigned char*, TwoPieceArguments>;

}  // namespace

void launch_two_piece(device::metal::Queue& queue, const gpu::TwoPieceBatch& batch,
                      const recurrence::TwoPieceParameters& parameters, unsigned groups) {
  static constexpr TwoPieceLaunch with_own{"align_two_piece", &two_piece_kernel_source};
  static constexpr TwoPieceLaunch in_workspace{"align_two_piece_in_workspace", &two_piece_kernel_source};
  const TwoPieceLaunch& kernel = batch.own_ints > 0 ? with_own : in_workspace;
  device::LaunchShape shape =
      launch_shape(queue.device(), kernel.ref(), batch.pairs, simdgroup_lanes, two_piece_threads);
  shape.shared_bytes = shape.group.x / simdgroup_lanes * static_cast<std::size_t>(batch.own_ints) * sizeof(int);
  queue.launch_sliced(kernel, shape, groups, batch.queries.letters, batch.queries.begins, batch.queries.lengths,
                      batch.targets.letters, batch.targets.begins, batch.targets.lengths, batch.band_centres,
                      batch.order, batch.results, batch.ops_ends, batch.ops, batch.table, batch.workspace,
                      TwoPieceArguments{.parameters = parameters,
                                        .pairs = batch.pairs,
                                        .has_centres = batch.band_centres != nullptr,
                                        .own_ints = batch.own_ints,
                                        .bytes_per_group = batch.bytes_per_group});
}

}  // namespace anneal::align::metal
