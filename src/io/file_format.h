// Which format a file has, by its content.
#pragma once

#include <memory>
#include <string_view>

#include "io/byte_source.h"

namespace anneal::io {

enum class FileFormat { empty, vcf, bcf, bed, gff, paf, fasta, fastq, other };

struct DetectedInput {
  std::unique_ptr<ByteSource> source;  ///< from its begin
  FileFormat format = FileFormat::other;
};

/// Looks at the first bytes, decompressed, up to the first line that is no comment.
DetectedInput detect_format(std::unique_ptr<ByteSource> source);

}  // namespace anneal::io
