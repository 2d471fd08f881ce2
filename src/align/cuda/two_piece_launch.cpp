#include "align/cuda/two_piece_kernel.h"

#include "device/cuda/queue.h"

namespace anneal::align::cuda {

void launch_two_piece(device::cuda::Queue& queue, const TwoPieceBatch& batch,
                      const recurrence::TwoPieceParameters& parameters, unsigned blocks) {
  queue.launch(two_piece_kernel(batch),
               {.grid = {blocks}, .group = {two_piece_threads}, .shared_bytes = two_piece_shared_bytes(batch)}, batch,
               parameters);
}

}  // namespace anneal::align::cuda
