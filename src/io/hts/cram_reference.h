// The reference of a CRAM: it is the one that was given, or none. htslib would look for others in the network, in a
// cache, and where the header says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "anneal/io/alignment_header.h"
#include "io/hts/file.h"
#include "io/hts/reference_fasta.h"

namespace anneal::io::hts {

/// Of a CRAM that was just opened to be read: it is decoded with this reference, if any, and with no other.
void use_reference(const InputFile& file, const std::optional<ReferenceFasta>& reference);

/// For a CRAM to be written: throws Error(invalid_input) where the reference lacks a sequence of the header or has it
/// with another length.
void check_reference(const ReferenceFasta& reference, const AlignmentHeader& header);

/// Throws Error(invalid_input) where the reference has other letters than the header says. htslib checks that for most
/// records, but not for those in slices of several sequences.
void check_md5(const AlignmentHeader& header, int index, const ReferenceFasta& reference, const std::string& file);

/// For a CRAM to be written: throws Error(invalid_input) where the reference has other letters than the header says.
void check_stated_md5(const AlignmentHeader& header, int index, const ReferenceFasta& reference);

/// For a record that could not be decoded: throws Error(invalid_input) where the reference lacks one of these sequences
/// of the header, or has other letters. `header` is the file's own, with what it says of its sequences.
void refuse_reference(const AlignmentHeader& header, const std::vector<int>& sequences,
                      const std::optional<ReferenceFasta>& reference, const std::string& place);

/// The sequences of a record, counted from 0, and of those behind it that may be in the same slice, found without
/// decoding letters; none where that fails.
std::vector<int> sequences_from(const std::string& path, std::uint64_t record);

}  // namespace anneal::io::hts
