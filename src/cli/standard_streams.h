// The descriptors that every program expects to be open.
#pragma once

namespace anneal::cli {

/// Fills the gaps among descriptors 0, 1 and 2, so that no file that is opened later gets one of them and receives
/// what is meant for standard output or standard error. Their use still fails, as it does on a closed descriptor.
void reserve_standard_streams();

}  // namespace anneal::cli
