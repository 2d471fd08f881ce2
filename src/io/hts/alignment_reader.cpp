#include "io/hts/alignment_reader.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/cram.h>

#include <cerrno>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/alignment_record.h"
#include "io/hts/tag_bytes.h"

namespace anneal::io {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_input, message); }

}  // namespace

AlignmentReader::Impl::Impl(hts::InputFile opened, const AlignmentReaderOptions& options)
    : file(std::move(opened)), reference_path_(options.reference) {
  if (!hts::is_alignments(file)) refuse(fmt::format("{} is neither SAM nor BAM nor CRAM", file.name()));
  if (file.format().format == sam) {
    header = text_.emplace(file).read_header();
    return;
  }
  header = hts::read_header(file);
  if (!is_cram()) return;
  checksums_.emplace(file, options.threads.count());
  checked_.resize(static_cast<std::size_t>(header.reference_count()));
}

void AlignmentReader::Impl::query(std::span<const Region> regions) {
  if (records > 0) throw Error(ErrorCode::invalid_argument, "regions have to be chosen before records are read");
  index_.emplace(file, header);
  cursor_.emplace(index_->find(file, header, regions));
  at_end_ = false;
}

bool AlignmentReader::Impl::read(AlignmentRecord& record) {
  if (at_end_) return false;
  bam1_t* const bam = record.impl().bam;
  constexpr int end = -1;
  const bool is_line = text_ && !cursor_;
  const int result = is_line ? (text_->read(bam, header.impl().get()) ? 0 : end) : read_binary(bam);
  if (result < end) refuse_record();
  if (result == end) {
    // A pass over regions ends where they end.
    if (!cursor_) file.check_end();
    at_end_ = true;
    return false;
  }
  check_record(record);
  ++records;
  return true;
}

// Not before: a header needs neither the reference, whose index may have to be made, nor threads.
void AlignmentReader::Impl::start() {
  if (is_started_) return;
  is_started_ = true;
  if (is_cram()) {
    if (!reference_path_.empty()) reference_.emplace(reference_path_);
    hts::use_reference(file, reference_);
  }
  if (!cursor_ && (!is_cram() || file.is_seekable())) file.decode_in_parallel();
}

int AlignmentReader::Impl::read_binary(bam1_t* bam) {
  start();
  errno = 0;
  if (cursor_) return cursor_->next(bam);
  if (checksums_) checksums_->check_next();
  return sam_read1(file.get(), header.impl().get(), bam);
}

void AlignmentReader::Impl::check_record(const AlignmentRecord& record) {
  const int sequences = header.reference_count();
  last_sequence_ = record.reference();
  if (last_sequence_ >= sequences || last_sequence_ < -1 || record.mate_reference() >= sequences ||
      record.mate_reference() < -1) {
    refuse_record();
  }
  if (cursor_ && cursor_->contig() < 0 && last_sequence_ >= 0) {
    refuse(
        fmt::format("the index of {} leads to {}, which has a position, for the records that have none: it is "
                    "damaged, or that of another file; make it again with: anneal index {}",
                    file.name(), base::quote(record.name()), file.name()));
  }
  // htslib's writers rely on it. It has parsed those of text itself.
  if (!text_ && !hts::has_whole_tags(*record.impl().bam)) {
    refuse(fmt::format("record {} ({}) of {} has a tag that is cut, or of a type that BAM lacks; make the file again",
                       records + 1, base::quote(record.name()), file.name()));
  }
  if (!reference_ || last_sequence_ < 0 || checked_[static_cast<std::size_t>(last_sequence_)]) return;
  hts::check_md5(header, last_sequence_, *reference_, file.name());
  checked_[static_cast<std::size_t>(last_sequence_)] = true;
}

void AlignmentReader::Impl::refuse_record() const {
  const std::string place = fmt::format("record {} of {}", records + 1, file.name());
  if (errno == ENOMEM) throw Error(ErrorCode::out_of_memory, fmt::format("{} does not fit into memory", place));
  if (is_cram()) {
    std::vector<int> sequences;
    if (cursor_) {
      if (cursor_->contig() >= 0) sequences.push_back(cursor_->contig());
    } else if (file.path() != "-" && file.is_seekable()) {
      sequences = hts::sequences_from(file.path(), records);
    } else if (header.reference_count() > 0) {
      sequences.push_back(last_sequence_ < 0 ? 0 : last_sequence_);
    }
    hts::refuse_reference(header, sequences, reference_, place);
  }
  refuse(fmt::format("{} cannot be read: {}; make the file again", place, cause()));
}

std::string AlignmentReader::Impl::cause() const {
  if (!file.get()->is_bgzf) return "the file is truncated or damaged there";
  const unsigned errors = file.get()->fp.bgzf->errcode;
  if ((errors & BGZF_ERR_CRC) != 0) return "the checksum of its block is wrong";
  if ((errors & (BGZF_ERR_ZLIB | BGZF_ERR_HEADER | BGZF_ERR_IO)) != 0) return "its block is truncated or damaged";
  return "it is truncated, or not what BAM allows";
}

AlignmentReader::AlignmentReader(const std::string& path, const AlignmentReaderOptions& options)
    : AlignmentReader(std::make_unique<Impl>(hts::InputFile(path, options.threads.pool()), options)) {}

AlignmentReader::AlignmentReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
AlignmentReader::AlignmentReader(AlignmentReader&&) noexcept = default;
AlignmentReader& AlignmentReader::operator=(AlignmentReader&&) noexcept = default;
AlignmentReader::~AlignmentReader() = default;

const AlignmentHeader& AlignmentReader::header() const { return impl_->header; }
void AlignmentReader::query(std::span<const Region> regions) { impl_->query(regions); }

void AlignmentReader::query(std::string_view region) {
  const Region parsed = header().parse_region(region);
  impl_->query({&parsed, 1});
}

bool AlignmentReader::read(AlignmentRecord& record) { return impl_->read(record); }
std::uint64_t AlignmentReader::records_read() const { return impl_->records; }

namespace hts {

AlignmentReader read_alignments(InputFile file, const AlignmentReaderOptions& options) {
  return AlignmentReader(std::make_unique<AlignmentReader::Impl>(std::move(file), options));
}

bool is_alignments(const InputFile& file) { return is_alignments(file.format()); }

}  // namespace hts
}  // namespace anneal::io
