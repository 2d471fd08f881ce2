#include <optional>
#include <utility>

#include "anneal/error.h"
#include "anneal/io/variants.h"
#include "io/hts/variant_source.h"
#include "io/hts/variant_storage.h"

namespace anneal::io {

class VariantReader::State {
 public:
  State(hts::InputFile file, const VariantReaderOptions& options)
      : source_(std::move(file), options.samples), header_(source_.definitions()) {}

  const VariantHeader& header() const { return header_; }
  const std::string& name() const { return source_.file().name(); }
  std::uint64_t records_read() const { return records_read_; }

  const std::vector<UndefinedVariantId>& undefined() const { return source_.undefined(); }
  const std::vector<std::string>& lost_header_lines() const { return source_.lost_lines(); }
  bool can_rewind() const { return source_.can_rewind(); }
  bool has_contig(std::string_view name) { return source_.has_contig(name); }

  bool read(VariantRecord& record) {
    if (is_over_) return false;
    VariantRecord::Storage& storage = record.storage();
    is_over_ = true;  // also where it throws
    if (!read_values(storage)) return false;
    is_over_ = false;
    ++records_read_;
    return true;
  }

  void rewind() {
    is_over_ = true;
    source_.rewind();
    header_ = VariantHeader(source_.definitions());
    records_read_ = 0;
    is_over_ = false;
  }

  void query(std::span<const Region> regions) {
    source_.find(regions);
    is_over_ = false;
  }

 private:
  bool read_values(VariantRecord::Storage& storage) {
    try {
      if (!source_.read(storage.record.get(), records_read_ + 1)) return false;
      if (source_.has_grown()) {
        storage.header = header_;  // so that it can be the source alone that holds what grows
        source_.publish();
      }
      if (storage.header.definitions() != source_.definitions()) storage.header = VariantHeader(source_.definitions());
      return true;
    } catch (...) {  // what was read in part does not fit the record's header
      bcf_clear(storage.record.get());
      storage.record->rid = -1;
      throw;
    }
  }

  hts::VariantSource source_;
  VariantHeader header_;
  std::uint64_t records_read_ = 0;
  bool is_over_ = false;
};

VariantReader::VariantReader(const std::string& path, const VariantReaderOptions& options)
    : VariantReader(hts::InputFile(path, options.threads.pool()), options) {}
VariantReader::VariantReader(hts::InputFile file, const VariantReaderOptions& options)
    : state_(std::make_unique<State>(std::move(file), options)) {}
VariantReader::~VariantReader() = default;
VariantReader::VariantReader(VariantReader&&) noexcept = default;
VariantReader& VariantReader::operator=(VariantReader&&) noexcept = default;

const VariantHeader& VariantReader::header() const { return state_->header(); }
const std::string& VariantReader::name() const { return state_->name(); }
bool VariantReader::read(VariantRecord& record) { return state_->read(record); }
std::uint64_t VariantReader::records_read() const { return state_->records_read(); }
const std::vector<UndefinedVariantId>& VariantReader::undefined() const { return state_->undefined(); }
const std::vector<std::string>& VariantReader::lost_header_lines() const { return state_->lost_header_lines(); }
bool VariantReader::can_rewind() const { return state_->can_rewind(); }
void VariantReader::rewind() { state_->rewind(); }
bool VariantReader::has_contig(std::string_view name) { return state_->has_contig(name); }
void VariantReader::query(std::span<const Region> regions) { state_->query(regions); }

void VariantReader::query(std::string_view region) {
  const Region parsed = parse_region(region, [this](std::string_view name) { return has_contig(name); });
  state_->query({&parsed, 1});
}

}  // namespace anneal::io
