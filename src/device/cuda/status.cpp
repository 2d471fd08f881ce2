#include "device/cuda/status.h"

#include <algorithm>
#include <iterator>

namespace anneal::device::cuda {
namespace {

constexpr Status harmless[] = {
    0,    // success
    1,    // invalid value
    2,    // out of memory
    3,    // initialisation error
    9,    // invalid configuration
    21,   // invalid copy direction
    34,   // stub library
    35,   // insufficient driver
    46,   // devices unavailable
    52,   // missing configuration
    98,   // invalid device function
    100,  // no device
    101,  // invalid device
    200,  // invalid kernel image
    201,  // invalid context
    209,  // no kernel image for the device
    218,  // invalid PTX
    222,  // unsupported PTX version
    304,  // operating system error
    400,  // invalid resource handle
    500,  // symbol not found
    600,  // not ready
    701,  // launch out of resources
    712,  // host memory is registered already
    713,  // host memory is not registered
    801,  // not supported
    802,  // system not ready
    803,  // driver and kernel module differ
    804,  // compatibility package on a device that it does not support
};

}  // namespace

bool is_sticky(Status status) { return std::ranges::find(harmless, status) == std::end(harmless); }

}  // namespace anneal::device::cuda
