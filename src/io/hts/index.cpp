#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/cram.h>
#include <htslib/sam.h>

#include <cerrno>
#include <memory>
#include <new>
#include <optional>

#include "anneal/error.h"
#include "anneal/io/alignments.h"
#include "base/text.h"
#include "io/hts/alignment_header.h"
#include "io/hts/alignment_record.h"
#include "io/hts/bai_limit.h"
#include "io/hts/coordinate_order.h"
#include "io/hts/cram_checksums.h"
#include "io/hts/cram_reference.h"
#include "io/hts/descriptor_path.h"
#include "io/hts/file.h"
#include "io/hts/sam_text.h"
#include "io/output.h"

namespace anneal::io {
namespace {

constexpr int end_of_records = -1;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_input, message); }

[[noreturn]] void refuse_record(const hts::InputFile& file, std::uint64_t number) {
  refuse(fmt::format("record {} of {} is truncated or damaged; make the file again", number, file.name()));
}

struct IndexShape {
  int format;
  int min_shift;
  int levels;  // above the smallest intervals, eight times as long each

  // Positions from here on are in none of its intervals.
  std::int64_t end() const {
    constexpr int bits_per_level = 3;
    return std::int64_t{1} << (min_shift + bits_per_level * levels);
  }
};

// Records one after the other, which have to be sorted.
class SortedRecords {
 public:
  /// All must stay where they are. `text` is that of SAM, of which the header was read.
  SortedRecords(const hts::InputFile& file, const AlignmentHeader& header, int threads, hts::SamText* text = nullptr)
      : file_(file), header_(header), text_(text) {
    if (file.format().format == cram) checksums_.emplace(file, threads);
  }

  bool read(AlignmentRecord& record) {
    const int result = read_next(record.impl().bam);
    if (result < end_of_records) refuse_record(file_, count_ + 1);
    if (result == end_of_records) {
      file_.check_end();
      return false;
    }
    ++count_;
    if (!order_.add({record.reference(), record.position()})) refuse_order(record);
    return true;
  }
  std::uint64_t count() const { return count_; }

  // `record`, the last one, has to end where the index reaches.
  void check_end(const AlignmentRecord& record, const IndexShape& shape) const {
    if (record.reference() < 0 || record.end_position() <= shape.end()) return;
    refuse(fmt::format(
        "record {} ({}) of {} ends at {}:{}, behind what this index can hold ({}); check the lengths in the header",
        count_, base::quote(record.name()), file_.name(), header_.reference_name(record.reference()),
        record.end_position(), shape.end()));
  }

 private:
  int read_next(bam1_t* record) {
    if (text_ != nullptr) return text_->read(record, header_.impl().get()) ? 0 : end_of_records;
    if (checksums_) checksums_->check_next();
    return sam_read1(file_.get(), header_.impl().get(), record);
  }
  [[noreturn]] void refuse_order(const AlignmentRecord& record) const {
    const std::string name = record.name().empty() ? std::string() : base::quote(record.name()) + " ";
    refuse(fmt::format(
        "record {} {}of {} is {}, behind one that is {}: an index needs a file sorted by coordinate; "
        "sort it by anneal view --sort",
        count_, name, file_.name(), describe({record.reference(), record.position()}), describe(order_.last())));
  }
  std::string describe(const hts::CoordinateOrder::Place& place) const {
    if (place.contig < 0) return "on no sequence";
    return fmt::format("at {}:{}", header_.reference_name(place.contig), place.position + 1);
  }

  const hts::InputFile& file_;
  const AlignmentHeader& header_;
  hts::SamText* text_;
  std::optional<hts::CramChecksums> checksums_;
  hts::CoordinateOrder order_;
  std::uint64_t count_ = 0;
};

struct DestroyIndex {
  void operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
};

IndexShape shape_of(const AlignmentHeader& header, const AlignmentIndexOptions& options) {
  constexpr int bai_min_shift = 14, bai_levels = 5;
  if (options.format == AlignmentIndexFormat::bai) {
    hts::check_bai_limit(header);
    return {HTS_FMT_BAI, bai_min_shift, bai_levels};
  }
  const std::int64_t longest = hts::longest_reference_of(header);
  constexpr std::int64_t overhang = 256;  // records may reach a little behind the end of their sequence
  IndexShape shape{HTS_FMT_CSI, options.min_shift, 0};
  while (longest + overhang > shape.end()) ++shape.levels;
  return shape;
}

std::string write_index(const hts_idx_t* index, const std::string& path, int format) {
  Output output(path);
  const hts::DescriptorPath place(output);
  errno = 0;
  if (hts_idx_save_as(index, nullptr, place.c_str(), format) != 0) output.fail("write", errno == 0 ? EIO : errno);
  output.commit();
  return path;
}

std::string index_bam(const hts::InputFile& file, const AlignmentIndexOptions& options) {
  const AlignmentHeader header = hts::read_header(file);
  file.decode_in_parallel();
  const IndexShape shape = shape_of(header, options);
  BGZF* const blocks = file.get()->fp.bgzf;
  const std::unique_ptr<hts_idx_t, DestroyIndex> index(hts_idx_init(header.reference_count(), shape.format,
                                                                    static_cast<std::uint64_t>(bgzf_tell(blocks)),
                                                                    shape.min_shift, shape.levels));
  if (index == nullptr) throw std::bad_alloc();
  SortedRecords records(file, header, options.threads.count());
  for (AlignmentRecord record; records.read(record);) {
    records.check_end(record, shape);
    const bool is_mapped = !record.has(flag_unmapped);
    if (hts_idx_push(index.get(), record.reference(), record.position(), record.end_position(),
                     static_cast<std::uint64_t>(bgzf_tell(blocks)), is_mapped) < 0) {
      refuse_record(file, records.count());
    }
  }
  hts_idx_finish(index.get(), static_cast<std::uint64_t>(bgzf_tell(blocks)));
  const char* const extension = shape.format == HTS_FMT_BAI ? ".bai" : ".csi";
  return write_index(index.get(), options.path.empty() ? file.path() + extension : options.path, shape.format);
}

// Of records that were looked at: htslib's own checks of the order do not look into a CRAM's slices, and pass over
// lines of SAM that are cut. `min_shift` is 0 for BAI and CRAI.
std::string build_index(const hts::InputFile& file, const std::string& path, int min_shift) {
  Output output(path);
  const hts::DescriptorPath place(output);
  constexpr int writing_failed = -4;
  errno = 0;
  const int result = sam_index_build3(file.path().c_str(), place.c_str(), min_shift, 0);
  if (result == writing_failed) output.fail("write", errno == 0 ? EIO : errno);
  if (result != 0) refuse(fmt::format("{} cannot be indexed: it is damaged; make it again", file.name()));
  output.commit();
  return path;
}

std::string index_sam(const hts::InputFile& file, const AlignmentIndexOptions& options) {
  if (file.format().compression != bgzf) {
    refuse(fmt::format(
        "{} is not compressed by BGZF, so that it cannot be indexed; convert it, as by anneal view -o x.bam",
        file.name()));
  }
  hts::SamText text(file);
  const AlignmentHeader header = text.read_header();
  const IndexShape shape = shape_of(header, options);
  SortedRecords records(file, header, options.threads.count(), &text);
  for (AlignmentRecord record; records.read(record);) records.check_end(record, shape);
  const bool is_bai = options.format == AlignmentIndexFormat::bai;
  const std::string path = options.path.empty() ? file.path() + (is_bai ? ".bai" : ".csi") : options.path;
  return build_index(file, path, is_bai ? 0 : options.min_shift);
}

void check_cram_order(const hts::InputFile& file, int threads) {
  const AlignmentHeader header = hts::read_header(file);
  hts::use_reference(file, {});
  hts_set_opt(file.get(), CRAM_OPT_REQUIRED_FIELDS, SAM_QNAME | SAM_RNAME | SAM_POS);
  file.decode_in_parallel();
  SortedRecords records(file, header, threads);
  for (AlignmentRecord record; records.read(record);) {
  }
}

std::string index_cram(const hts::InputFile& file, const AlignmentIndexOptions& options) {
  if (options.format == AlignmentIndexFormat::bai) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is CRAM, whose index is CRAI; BAI is for BAM", file.name()));
  }
  check_cram_order(file, options.threads.count());
  return build_index(file, options.path.empty() ? file.path() + ".crai" : options.path, 0);
}

}  // namespace

std::string index_alignments(const std::string& path, const AlignmentIndexOptions& options) {
  constexpr int least_shift = 1, largest_shift = 30;
  if (options.min_shift < least_shift || options.min_shift > largest_shift) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("min_shift is {}; {} to {} is allowed", options.min_shift, least_shift, largest_shift));
  }
  const hts::InputFile file(path, options.threads.pool());
  if (!file.is_seekable()) refuse(fmt::format("{} is a pipe; an index is that of a file", file.name()));
  if (file.format().format == bam) return index_bam(file, options);
  if (file.format().format == cram) return index_cram(file, options);
  if (file.format().format == sam) return index_sam(file, options);
  refuse(fmt::format("{} is neither SAM nor BAM nor CRAM", file.name()));
}

}  // namespace anneal::io
