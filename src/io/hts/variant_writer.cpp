#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <limits>

#include "anneal/error.h"
#include "anneal/io/variants.h"
#include "base/text.h"
#include "io/hts/compression.h"
#include "io/hts/file.h"
#include "io/hts/variant_storage.h"

namespace anneal::io {
namespace {

struct Suffix {
  std::string_view text;
  VariantFormat format;
};

constexpr std::array<Suffix, 4> suffixes = {{{".vcf", VariantFormat::vcf},
                                             {".vcf.gz", VariantFormat::vcf_gz},
                                             {".vcf.bgz", VariantFormat::vcf_gz},
                                             {".bcf", VariantFormat::bcf}}};

std::string mode_of(VariantFormat format, int level) {
  hts::check_level(level);
  if (format == VariantFormat::vcf) return "w";
  return hts::mode_with_level(format == VariantFormat::bcf ? "wb" : "wz", level);
}

}  // namespace

VariantFormat variant_format_of(const std::string& path) {
  if (path == "-" || path.empty() || path.starts_with("/dev/")) return VariantFormat::vcf;
  for (const Suffix& suffix : suffixes) {
    if (path.ends_with(suffix.text)) return suffix.format;
  }
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("the name {} tells no format of variants; end it with .vcf, .vcf.gz or .bcf, or give the format",
                  base::quote(path)));
}

class VariantWriter::State {
 public:
  State(const std::string& path, const VariantHeader& header, const VariantWriterOptions& options)
      : format_(options.format == VariantFormat::by_name ? variant_format_of(path) : options.format), header_(header),
        file_(path, mode_of(format_, options.level), options.threads.pool()) {
    errno = 0;
    if (bcf_hdr_write(file_.get(), header_.definitions()->header.get()) < 0) file_.fail();
  }

  void write(const VariantRecord& record) {
    const VariantRecord::Storage& storage = record.storage();
    check_header(storage);
    check_record(storage);
    ++records_;
    errno = 0;
    if (bcf_write(file_.get(), storage.header.definitions()->header.get(), storage.record.get()) < 0) file_.fail();
  }

  void commit() { file_.commit(); }

 private:
  [[noreturn]] void refuse(std::string_view reason) const {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("record {} cannot be written to {}: {}", records_ + 1, file_.name(), reason));
  }

  using Definitions = std::shared_ptr<VariantHeader::Definitions>;

  // VCF has names where BCF has numbers, so that its header need not define all that records use.
  const Definitions& compared(const VariantHeader& header) const {
    const Definitions* definitions = &header.definitions();
    while (format_ != VariantFormat::bcf && (*definitions)->completes) definitions = &(*definitions)->completes;
    return *definitions;
  }

  // One that numbers its fields alike will do.
  void check_header(const VariantRecord::Storage& storage) {
    const Definitions& theirs = compared(storage.header);
    const Definitions& own = compared(header_);
    if (theirs == own || theirs == accepted_) return;
    if (hts::header_text(theirs->header.get(), true) == hts::header_text(own->header.get(), true)) {
      accepted_ = theirs;
      return;
    }
    if (theirs->completes != nullptr) {
      refuse(
          "its file uses what the header does not define, and BCF has to define all; read the file to its end, "
          "rewind the reader, and give the writer its header");
    }
    refuse("it has another header; give the writer that of the record");
  }

  void check_record(const VariantRecord::Storage& storage) const {
    const bcf1_t* const record = storage.record.get();
    if (hts::contig_name(storage.definitions(), record->rid).empty()) refuse("it has no contig; set one");
    if (record->n_allele == 0) refuse("it has no reference allele; set its alleles");
    const bool is_large = record->pos + record->rlen > std::numeric_limits<std::int32_t>::max();
    if (format_ == VariantFormat::bcf && is_large) {
      refuse(fmt::format("it ends at position {}, and BCF has none above 2147483647; write VCF",
                         record->pos + record->rlen));
    }
  }

  VariantFormat format_;
  VariantHeader header_;
  hts::OutputFile file_;
  Definitions accepted_;
  std::uint64_t records_ = 0;
};

VariantWriter::VariantWriter(const std::string& path, const VariantHeader& header, const VariantWriterOptions& options)
    : state_(std::make_unique<State>(path, header, options)) {}
VariantWriter::~VariantWriter() = default;
VariantWriter::VariantWriter(VariantWriter&&) noexcept = default;
VariantWriter& VariantWriter::operator=(VariantWriter&&) noexcept = default;

void VariantWriter::write(const VariantRecord& record) { state_->write(record); }
void VariantWriter::commit() { state_->commit(); }

}  // namespace anneal::io
