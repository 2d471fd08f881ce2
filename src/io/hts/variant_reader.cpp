#include <fmt/format.h>

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

  bool read(VariantRecord& record) {
    if (is_over_) return false;
    VariantRecord::Storage& storage = record.storage();
    if (storage.header.definitions() != header_.definitions()) storage.header = header_;
    is_over_ = true;  // also where it throws
    if (!source_.read(storage.record.get(), records_read_ + 1)) return false;
    is_over_ = false;
    ++records_read_;
    return true;
  }

  void query(std::span<const Region> regions) {
    source_.find(regions);
    is_over_ = false;
  }

 private:
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
void VariantReader::query(std::span<const Region> regions) { state_->query(regions); }

void VariantReader::query(std::string_view region) {
  const Region parsed =
      parse_region(region, [this](std::string_view name) { return state_->header().has_contig(name); });
  state_->query({&parsed, 1});
}

}  // namespace anneal::io
