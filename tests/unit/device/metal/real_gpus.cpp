#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {

std::vector<Gpu> test_gpus() { return {Gpu::real}; }

void use_gpu(Gpu) {}

bool add_other_gpu() { return false; }

bool limit_memory(std::uint64_t) { return false; }

long live_objects() { return 0; }

bool has_live_objects(long count) { return count == 0; }

}  // namespace anneal::device::metal
