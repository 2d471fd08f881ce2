// The bytes of a file that htslib has opened.
#pragma once

#include <memory>

#include "io/byte_source.h"
#include "io/hts/file.h"

namespace anneal::io::hts {

/// Decompressed. Of text only: what htslib takes for alignments or variants it may have begun to read.
std::unique_ptr<ByteSource> make_source(std::shared_ptr<InputFile> file);

}  // namespace anneal::io::hts
