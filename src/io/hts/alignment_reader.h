// What an AlignmentReader holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "anneal/io/alignments.h"
#include "io/hts/alignment_header.h"
#include "io/hts/alignment_index.h"
#include "io/hts/cram_checksums.h"
#include "io/hts/cram_reference.h"
#include "io/hts/file.h"
#include "io/hts/sam_text.h"

namespace anneal::io {

struct AlignmentReader::Impl {
  /// Throws Error(invalid_input) where the file is of another format.
  Impl(hts::InputFile opened, const AlignmentReaderOptions& options);

  void query(std::span<const Region> regions);
  bool read(AlignmentRecord& record);

  hts::InputFile file;
  AlignmentHeader header;
  std::uint64_t records = 0;

 private:
  bool is_cram() const { return file.format().format == cram; }
  void start();
  int read_binary(bam1_t* bam);
  void check_record(const AlignmentRecord& record);
  [[noreturn]] void refuse_record() const;
  std::string cause() const;

  std::string reference_path_;  // empty: none
  std::optional<hts::SamText> text_;
  std::optional<hts::ReferenceFasta> reference_;
  std::optional<hts::CramChecksums> checksums_;  // of CRAM
  std::optional<hts::AlignmentIndex> index_;
  std::optional<hts::RegionCursor> cursor_;  // of regions, if they were asked for
  std::vector<bool> checked_;                // sequences of the header whose letters the reference has, of a CRAM
  int last_sequence_ = -1;
  bool is_started_ = false;
  bool at_end_ = false;
};

namespace hts {

/// Of a file that was opened to see what it is.
AlignmentReader read_alignments(InputFile file, const AlignmentReaderOptions& options);
/// Whether it is SAM, BAM or CRAM.
bool is_alignments(const InputFile& file);

}  // namespace hts
}  // namespace anneal::io
