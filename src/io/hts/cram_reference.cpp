#include "io/hts/cram_reference.h"

#include <fmt/core.h>
#include <htslib/cram.h>

#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/alignment_header.h"
#include "io/hts/alignment_record.h"
#include "io/hts/text.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_input, message); }

std::string quoted_name(const AlignmentHeader& header, int index) { return base::quote(header.reference_name(index)); }

std::string stated_md5(const AlignmentHeader& header, int index) {
  Text md5;
  const std::string name(header.reference_name(index));
  if (sam_hdr_find_tag_id(header.impl().get(), "SQ", "SN", name.c_str(), "M5", md5.get()) != 0) return {};
  return base::to_lower(md5.view());
}

// Of the reference's letters, where the header states another.
std::optional<std::string> other_md5(const AlignmentHeader& header, int index, const ReferenceFasta& reference) {
  const std::string wanted = stated_md5(header, index);
  if (wanted.empty() || !reference.length(header.reference_name(index))) return std::nullopt;
  std::string given = reference.md5(header.reference_name(index));
  return given == wanted ? std::nullopt : std::optional(std::move(given));
}

}  // namespace

void use_reference(const InputFile& file, const std::optional<ReferenceFasta>& reference) {
  // What it looks for, it finds by these two fields of its own copy of the header.
  sam_hdr_t* const header = cram_fd_get_header(file.get()->fp.cram);
  for (int i = 0; i < sam_hdr_nref(header); ++i) {
    const std::string name = sam_hdr_tid2name(header, i);
    for (const char* const key : {"M5", "UR"}) sam_hdr_remove_tag_id(header, "SQ", "SN", name.c_str(), key);
  }
  if (reference && hts_set_fai_filename(file.get(), reference->indexed_path().c_str()) != 0) {
    refuse(fmt::format("the reference '{}' cannot be used for {}; check that it is FASTA with a fitting index",
                       reference->path(), file.name()));
  }
}

void check_reference(const ReferenceFasta& reference, const AlignmentHeader& header) {
  for (int i = 0; i < header.reference_count(); ++i) {
    const auto length = reference.length(header.reference_name(i));
    if (!length) {
      refuse(
          fmt::format("the reference '{}' has no sequence {}, which the header has; give the FASTA that the records "
                      "were aligned to, or none",
                      reference.path(), quoted_name(header, i)));
    }
    if (*length != header.reference_length(i)) {
      refuse(
          fmt::format("sequence {} has {} letters in the reference '{}' and {} in the header; give the FASTA that the "
                      "records were aligned to, or none",
                      quoted_name(header, i), *length, reference.path(), header.reference_length(i)));
    }
  }
}

void check_md5(const AlignmentHeader& header, int index, const ReferenceFasta& reference, const std::string& file) {
  const auto other = other_md5(header, index, reference);
  if (!other) return;
  refuse(
      fmt::format("sequence {} of the reference '{}' has the MD5 {}, and {} was written with {}; give the FASTA that "
                  "it was written with",
                  quoted_name(header, index), reference.path(), *other, file, stated_md5(header, index)));
}

void check_stated_md5(const AlignmentHeader& header, int index, const ReferenceFasta& reference) {
  const auto other = other_md5(header, index, reference);
  if (!other) return;
  refuse(
      fmt::format("sequence {} of the reference '{}' has the MD5 {}, and the header says {}; give the FASTA that the "
                  "records were aligned to, or none",
                  quoted_name(header, index), reference.path(), *other, stated_md5(header, index)));
}

void refuse_reference(const AlignmentHeader& header, const std::vector<int>& sequences,
                      const std::optional<ReferenceFasta>& reference, const std::string& place) {
  for (const int index : sequences) {
    const std::string md5 = stated_md5(header, index);
    const std::string wanted = quoted_name(header, index) + (md5.empty() ? "" : fmt::format(" (MD5 {})", md5));
    if (!reference) {
      refuse(
          fmt::format("{} needs the sequence {} of the reference that it was written with; give that FASTA as the "
                      "reference (--reference)",
                      place, wanted));
    }
    if (!reference->length(header.reference_name(index))) {
      refuse(
          fmt::format("{} needs the sequence {}, which the reference '{}' lacks; give the FASTA that it was written "
                      "with",
                      place, wanted, reference->path()));
    }
    if (md5.empty()) {
      refuse(
          fmt::format("{} does not fit the sequence {} of the reference '{}'; give the FASTA that it was written with, "
                      "or make the file again if it is damaged",
                      place, wanted, reference->path()));
    }
    check_md5(header, index, *reference, place);
  }
}

std::vector<int> sequences_from(const std::string& path, std::uint64_t record) {
  constexpr std::uint64_t largest_slice = 100'000;
  std::vector<int> sequences;
  try {
    const InputFile file(path);
    const AlignmentHeader header = read_header(file);
    use_reference(file, {});
    hts_set_opt(file.get(), CRAM_OPT_REQUIRED_FIELDS, SAM_RNAME | SAM_POS);
    AlignmentRecord current;
    for (std::uint64_t i = 0; i < record + largest_slice; ++i) {
      if (sam_read1(file.get(), header.impl().get(), current.impl().bam) < 0) break;
      const int sequence = current.reference();
      if (i >= record && sequence >= 0 && (sequences.empty() || sequences.back() != sequence)) {
        sequences.push_back(sequence);
      }
    }
  } catch (const Error&) {
    sequences.clear();
  }
  return sequences;
}

}  // namespace anneal::io::hts
