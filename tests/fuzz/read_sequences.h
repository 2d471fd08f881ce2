// What the fuzz targets of both sequence formats do with an input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "io/sequence_reader.h"

namespace anneal::fuzz {

/// Reads the input in small and in large blocks and stops the program where a record breaks a promise or both differ.
/// Text that begins with the marker of neither format is given that of `format`.
void read_sequences(std::string_view input, io::SequenceFormat format);

}  // namespace anneal::fuzz
