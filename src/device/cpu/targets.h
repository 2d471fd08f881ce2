// The instruction sets of this processor family, by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/device.h"

namespace anneal::device::cpu {

/// A Highway target's name in lower case, such as "avx3_dl" for HWY_AVX3_DL.
std::string target_name(std::int64_t highway_target);

/// Highway's vector targets (single bits) that are compiled into this build and that this machine can run, best first.
std::vector<std::int64_t> runnable_targets();

/// Bits of a vector of one of runnable_targets().
int vector_bits(std::int64_t highway_target);

/// One entry per target compiled into this build, best first, and "scalar" last. The best available one is also "cpu".
std::vector<Backend> list_backends();

/// As list_backends(), on a processor that supports the given set of Highway targets.
std::vector<Backend> list_backends(std::int64_t supported_targets, const std::string& processor);

/// Why a known target is not part of this build; empty for names that are none.
std::string why_not_built(std::string_view target);

}  // namespace anneal::device::cpu
