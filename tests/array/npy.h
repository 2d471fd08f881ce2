// NumPy's file format, as far as the comparison needs it: little-endian, C order.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "anneal/array.h"

namespace anneal::test {

/// The data behind the header. Throws std::runtime_error where the file is no .npy.
std::vector<std::byte> read_npy_data(const std::filesystem::path& file);

/// bf16 as '<u2'.
void write_npy(const std::filesystem::path& file, const Array& a);

}  // namespace anneal::test
