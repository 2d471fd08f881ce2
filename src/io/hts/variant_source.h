// Records of a VCF or BCF file, one after the other or by regions, as htslib has them.
#pragma once

#include <htslib/vcf.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"
#include "io/hts/file.h"
#include "io/hts/line.h"
#include "io/hts/tabix_index.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io::hts {

/// Whether it is VCF or BCF.
bool is_variants(const InputFile& file);

class VariantSource {
 public:
  /// Reads the header, and leaves out all samples but those that are given. Throws what VariantReader's constructor
  /// throws.
  VariantSource(InputFile file, const std::optional<std::vector<std::string>>& samples);
  VariantSource(const VariantSource&) = delete;
  VariantSource& operator=(const VariantSource&) = delete;

  const std::shared_ptr<VariantHeader::Definitions>& definitions() const { return definitions_; }
  const InputFile& file() const { return file_; }

  /// Reads record `number`, counted from 1; false at the end. Throws Error(invalid_input).
  bool read(bcf1_t* record, std::uint64_t number);
  /// From here on, only what overlaps the regions. Throws what VariantReader::query() throws.
  void find(std::span<const Region> regions);

 private:
  bcf_hdr_t* header() const { return definitions_->header.get(); }
  bcf_hdr_t* read_header();
  bcf_hdr_t* read_text_header();
  void keep_samples(const std::vector<std::string>& samples);
  bool read_line(bcf1_t* record, std::uint64_t number);
  bool read_binary(bcf1_t* record, std::uint64_t number);
  std::optional<std::string> find_undefined(int lines_before) const;
  std::optional<std::string> find_binary_defect(bcf1_t* record) const;
  [[noreturn]] void refuse_index(std::string_view contig) const;
  [[noreturn]] void fail(std::uint64_t number, std::string_view place, std::string_view reason) const;

  InputFile file_;
  Line line_;
  std::shared_ptr<VariantHeader::Definitions> definitions_;
  std::optional<TabixIndex> tabix_;
  std::optional<BcfIndex> index_;
  std::optional<RegionCursor> cursor_;
};

}  // namespace anneal::io::hts
