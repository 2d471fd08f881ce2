// Public sequences that the program carries, as FASTA; each record's header names its accession.
#pragma once

#include <string_view>

namespace anneal::cli {

/// Genome of bacteriophage phiX174, NC_001422.1, 5,386 bp.
extern const std::string_view phix174_fasta;
/// Four Illumina reads of it from the Sequence Read Archive, run SRR1377138, 301 bp each.
extern const std::string_view phix174_reads_fasta;
/// Human haemoglobin alpha and beta, human myoglobin, and leghaemoglobin of the broad bean, from UniProt.
extern const std::string_view globins_fasta;

}  // namespace anneal::cli
