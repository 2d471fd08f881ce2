// `anneal index FILE` of the files that have an index beside them: variants, intervals and sequences.
#pragma once

#include <string>
#include <vector>

#include "io/hts/tabix_build.h"

namespace anneal::cli {

/// Makes the index that the file's content calls for, and returns the paths of what was written: `.tbi` or `.csi` of
/// VCF, BED, GFF and PAF, `.csi` of BCF, `.fai` of FASTA and FASTQ, with `.gzi` where those are compressed. Throws
/// anneal::Error; nothing has then appeared under an index's name.
std::vector<std::string> index_file(const std::string& path, const io::hts::RegionIndexOptions& options);

}  // namespace anneal::cli
