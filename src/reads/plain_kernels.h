// The same in plain loops: for processors without vectors, and for what vectors do not take.
#pragma once

#include "reads/kernels.h"

namespace anneal::reads {

std::size_t count_n_plainly(std::string_view sequence);
std::uint64_t sum_plainly(std::string_view bytes);
std::size_t find_low_window_plainly(std::string_view bytes, std::size_t window, std::uint64_t least);
std::size_t find_adapter_plainly(const AdapterPattern& adapter, std::string_view read);

}  // namespace anneal::reads
