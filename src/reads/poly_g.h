// Tails of G, which is what two-colour sequencers report where there is no light.
#pragma once

#include <cstddef>
#include <string_view>

namespace anneal::reads {

/// The length of a read without its tail of G, as fastp 0.23's --trim_poly_g finds it: letters are passed from the 3'
/// end up to the one with which more than 5 of them are no G or, from the `least`-th on, more than one in each 8.
/// Where at least `least` (1 or more) were passed, the read ends before the last G passed.
std::size_t trim_poly_g(std::string_view sequence, std::size_t least);

}  // namespace anneal::reads
