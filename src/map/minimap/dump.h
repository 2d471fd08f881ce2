// What minimap2 dumps of an index, looked at before minimap2 loads it: its own function trusts every byte.
#pragma once

#include <string_view>

#include "map/minimap/library.h"

namespace anneal::map {

/// An index can be loaded, and used, without a look at memory that is not its own: sizes are those of what follows,
/// minimizers are where the targets have letters, letters are letters, and names can be written.
bool is_sound_dump(std::string_view dump);

/// Parameters that a dump begins with. Zeros where it is shorter than they are.
struct DumpHeader {
  std::uint32_t window = 0, letters = 0, bucket_bits = 0, targets = 0, flags = 0;
};
DumpHeader header_of(std::string_view dump);

}  // namespace anneal::map
