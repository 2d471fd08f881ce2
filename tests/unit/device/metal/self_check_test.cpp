#include "device/metal/self_check.h"

#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

class MetalSelfCheck : public MetalTest {};
INSTANTIATE_TEST_SUITE_P(On, MetalSelfCheck, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalSelfCheck, RunsTheKernelsOfThisBuild) { EXPECT_NO_THROW(check_device(device())); }

}  // namespace
}  // namespace anneal::device::metal
