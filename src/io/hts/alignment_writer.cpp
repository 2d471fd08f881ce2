#include <fmt/core.h>
#include <htslib/cram.h>
#include <htslib/sam.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "anneal/error.h"
#include "anneal/io/alignments.h"
#include "base/text.h"
#include "io/hts/alignment_header.h"
#include "io/hts/alignment_record.h"
#include "io/hts/cram_reference.h"
#include "io/hts/file.h"
#include "io/hts/name_tokens.h"
#include "io/hts/tag_bytes.h"
#include "io/hts/written_index.h"

namespace anneal::io {
namespace {

constexpr int best_compression = 9;

std::string mode_of(const AlignmentWriterOptions& options) {
  if (options.compression_level < -1 || options.compression_level > best_compression) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("compression level {}: 0 (none) to 9 (best), or -1 for that of "
                            "the format, is allowed",
                            options.compression_level));
  }
  constexpr const char* modes[] = {"w", "wz", "wb", "wc"};
  std::string mode = modes[static_cast<int>(options.format)];
  const bool compressed = options.format != AlignmentFormat::sam;
  if (compressed && options.compression_level >= 0) mode += std::to_string(options.compression_level);
  return mode;
}

const char* version_text(CramVersion version) {
  constexpr const char* texts[] = {"2.1", "3.0", "3.1"};
  return texts[static_cast<int>(version)];
}

}  // namespace

struct AlignmentWriter::Impl {
  Impl(const std::string& path, const AlignmentHeader& header_in, const AlignmentWriterOptions& options)
      : header(header_in), reference(reference_of(options)), index(index_of(path, header, options)),
        file(path, mode_of(options), options.threads.pool()), is_cram(options.format == AlignmentFormat::cram),
        is_cram_2_1(is_cram && options.cram_version == CramVersion::v2_1),
        is_cram_3_1(is_cram && options.cram_version == CramVersion::v3_1) {
    if (is_cram) prepare_cram(options);
    if (options.format == AlignmentFormat::bam) check_bam_lengths();
    errno = 0;
    // Text without its header is still written with it in mind.
    const bool has_header = options.header || options.format == AlignmentFormat::bam || is_cram;
    if (has_header && sam_hdr_write(file.get(), header.impl().get()) != 0) file.fail();
    if (index) index->begin(file.get(), header);
  }

  static std::optional<hts::ReferenceFasta> reference_of(const AlignmentWriterOptions& options) {
    if (options.format != AlignmentFormat::cram || options.reference.empty()) return std::nullopt;
    return hts::ReferenceFasta(options.reference);
  }

  static std::unique_ptr<hts::WrittenIndex> index_of(const std::string& path, const AlignmentHeader& header,
                                                     const AlignmentWriterOptions& options) {
    if (!options.index) return nullptr;
    return std::make_unique<hts::WrittenIndex>(path, header, options.format, *options.index);
  }

  // htslib writes what CRAM 2.1 lacks as something else.
  void check_cram_2_1(const AlignmentRecord& record) const {
    if (!is_cram_2_1 || record.has(flag_unmapped) || record.sequence_length() > 0) return;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("record {} ({}) is mapped and has no letters, which CRAM 2.1 cannot hold; write CRAM 3.0",
                            records, base::quote(record.name())));
  }

  void check_cram_3_1(const AlignmentRecord& record) const {
    if (!is_cram_3_1) return;
    // htslib would write other names for them.
    if (!std::ranges::all_of(record.name(), [](char byte) { return byte >= '!' && byte <= '~'; })) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("record {} ({}) has a name with other bytes than ! to ~, which CRAM 3.1 cannot hold; "
                              "write CRAM 3.0, or name it otherwise",
                              records, base::quote(record.name())));
    }
    const std::size_t tokens = hts::count_name_tokens(record.name());
    if (tokens <= hts::most_name_tokens) return;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("record {} ({}) has a name that CRAM 3.1 takes for {} numbers, words and signs, and it can "
                            "hold {}; write CRAM 3.0",
                            records, base::quote(record.name()), tokens, hts::most_name_tokens));
  }

  // htslib would write the largest that there is.
  void check_bam_lengths() const {
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    for (int i = 0; i < header.reference_count(); ++i) {
      const std::int64_t length = header.reference_length(i);
      if (length <= most) continue;
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("the header gives the sequence {} {} letters, and BAM can hold {}; write SAM",
                              base::quote(header.reference_name(i)), length, most));
    }
  }

  // What htslib would write as something that cannot be read, or as something else.
  void check_cram(const AlignmentRecord& record) {
    check_cram_2_1(record);
    check_cram_3_1(record);
    check_cram_positions(record);
    check_cram_tags(record);
    if (!reference || record.reference() < 0) return;
    check_cram_end(record);
    const auto sequence = static_cast<std::size_t>(record.reference());
    if (has_same_letters[sequence]) return;
    hts::check_stated_md5(header, record.reference(), *reference);
    has_same_letters[sequence] = true;
  }

  void check_cram_positions(const AlignmentRecord& record) const {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    const std::int64_t length = record.template_length();
    if (record.end_position() <= most && record.mate_position() < most && length <= most && length >= -most) return;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("record {} ({}) has positions or a template length above {}, the most that CRAM can hold; "
                            "write BAM",
                            records, base::quote(record.name()), most));
  }

  void check_cram_tags(const AlignmentRecord& record) const {
    const std::string_view tag = hts::find_tag_of_type(*record.impl().bam, 'd');
    if (tag.empty()) return;
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("record {} ({}) has the tag {} of type d, a number of 64 bits, which CRAM cannot hold; write "
                    "BAM, or make its type f",
                    records, base::quote(record.name()), tag));
  }

  // htslib reads no letters of a reference behind its end, and its reader wants them.
  void check_cram_end(const AlignmentRecord& record) const {
    const std::int64_t letters = header.reference_length(record.reference());
    if (record.end_position() <= letters) return;
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("record {} ({}) ends at {}:{}, behind the end of its sequence, which has {} letters; correct "
                    "it, or write CRAM without a reference",
                    records, base::quote(record.name()), header.reference_name(record.reference()),
                    record.end_position(), letters));
  }

  void prepare_cram(const AlignmentWriterOptions& options) {
    if (is_cram_2_1 && !reference) {
      throw Error(ErrorCode::invalid_argument,
                  "CRAM 2.1 cannot be written without a reference; give one (--reference), or write CRAM 3.0");
    }
    if (reference) hts::check_reference(*reference, header);
    has_same_letters.resize(static_cast<std::size_t>(header.reference_count()));
    int result = hts_set_opt(file.get(), CRAM_OPT_VERSION, version_text(options.cram_version));
    // 0: never a reference made up from the records, which htslib would choose where it finds none.
    result |= hts_set_opt(file.get(), CRAM_OPT_EMBED_REF, 0);
    result |= hts_set_opt(file.get(), CRAM_OPT_NO_REF, reference ? 0 : 1);
    if (reference) result |= hts_set_fai_filename(file.get(), reference->indexed_path().c_str());
    if (result != 0) throw Error(ErrorCode::internal, "htslib refuses the options of CRAM; please report it");
  }

  AlignmentHeader header;
  std::optional<hts::ReferenceFasta> reference;
  std::unique_ptr<hts::WrittenIndex> index;  // before the file, which writes into it; null: none
  hts::OutputFile file;
  std::vector<bool> has_same_letters;  // sequences of the header that the reference has, of those looked at; of CRAM
  std::uint64_t records = 0;
  bool is_cram, is_cram_2_1, is_cram_3_1;
};

AlignmentWriter::AlignmentWriter(const std::string& path, const AlignmentHeader& header,
                                 const AlignmentWriterOptions& options)
    : impl_(std::make_unique<Impl>(path, header, options)) {}
AlignmentWriter::AlignmentWriter(AlignmentWriter&&) noexcept = default;
AlignmentWriter& AlignmentWriter::operator=(AlignmentWriter&&) noexcept = default;
AlignmentWriter::~AlignmentWriter() = default;

void AlignmentWriter::write(const AlignmentRecord& record) {
  const int sequences = impl_->header.reference_count();
  ++impl_->records;
  if (record.reference() >= sequences || record.mate_reference() >= sequences) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("record {} ({}) is on sequence {}, and the header has {}", impl_->records,
                    base::quote(record.name()), std::max(record.reference(), record.mate_reference()) + 1, sequences));
  }
  if (impl_->is_cram) impl_->check_cram(record);
  errno = 0;
  if (sam_write1(impl_->file.get(), impl_->header.impl().get(), record.impl().bam) >= 0) return;
  const bool record_is_why = errno == EINVAL || errno == EOVERFLOW || errno == ERANGE || errno == 0;
  if (record_is_why && impl_->file.error() == 0) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("record {} ({}) cannot be written to {}: its positions, name or tags are not what the format "
                    "allows",
                    impl_->records, base::quote(record.name()), impl_->file.name()));
  }
  impl_->file.fail();
}

void AlignmentWriter::commit() {
  if (impl_->index) impl_->index->finish(impl_->file.get());
  impl_->file.commit();
  if (impl_->index) impl_->index->commit();
}

}  // namespace anneal::io
