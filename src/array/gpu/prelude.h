// The texts that prelude() is made of.
#pragma once

#include <string_view>

namespace anneal::array::gpu {

extern const std::string_view msl_prelude;
extern const std::string_view cuda_prelude;

}  // namespace anneal::array::gpu
