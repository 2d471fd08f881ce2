#include "io/hts/written_index.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>

#include "anneal/error.h"
#include "io/file_descriptor.h"
#include "io/hts/alignment_header.h"
#include "io/hts/bai_limit.h"
#include "io/output_path.h"

namespace anneal::io::hts {
namespace {

constexpr int csi_min_shift = 14;
constexpr int asks_for_bai = 0;  // as min_shift of htslib

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::string checked_path(const std::string& path, AlignmentFormat format, AlignmentIndexFormat index_format) {
  const OutputPath place = resolve_output(path);
  if (place.kind != OutputPath::replaced) {
    refuse(fmt::format("{} is no regular file, so it can have no index; write a file", place.name));
  }
  if (format == AlignmentFormat::sam) {
    refuse(fmt::format("{} is plain SAM, so it can have no index; write BAM, CRAM, or SAM that BGZF compresses",
                       place.name));
  }
  if (index_format == AlignmentIndexFormat::bai && format != AlignmentFormat::bam) {
    refuse(fmt::format("{} is not BAM, and BAI is the index of BAM; leave out that it shall be BAI", place.name));
  }
  return written_index_path(path, format, index_format);
}

}  // namespace

std::string written_index_path(const std::string& path, AlignmentFormat format, AlignmentIndexFormat index_format) {
  if (format == AlignmentFormat::cram) return path + ".crai";
  return path + (index_format == AlignmentIndexFormat::bai ? ".bai" : ".csi");
}

WrittenIndex::WrittenIndex(const std::string& path, const AlignmentHeader& header, AlignmentFormat format,
                           AlignmentIndexFormat index_format)
    : output_(checked_path(path, format, index_format)), place_(output_),
      min_shift_(index_format == AlignmentIndexFormat::bai ? asks_for_bai : csi_min_shift) {
  if (index_format == AlignmentIndexFormat::bai) check_bai_limit(header);
}

void WrittenIndex::begin(htsFile* file, const AlignmentHeader& header) const {
  errno = 0;
  if (sam_idx_init(file, header.impl().get(), min_shift_, place_.c_str()) != 0) fail();
}

void WrittenIndex::finish(htsFile* file) const {
  errno = 0;
  if (sam_idx_save(file) != 0) fail();
}

void WrittenIndex::commit() {
  // The file's end was written behind the index: who compares their times would take the index for an old one.
  const FileDescriptor file(output_.duplicate());
  if (::futimens(file.get(), nullptr) != 0) fail();
  output_.commit();
}

void WrittenIndex::fail() const { output_.fail("write", errno == 0 ? EIO : errno); }

}  // namespace anneal::io::hts
