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
#include "io/hts/growing_header.h"
#include "io/hts/line.h"
#include "io/hts/tabix_index.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io::hts {

bool is_vcf(const InputFile& file);

class VariantSource {
 public:
  /// Reads the header, and leaves out all samples but those that are given. Throws what VariantReader's constructor
  /// throws.
  VariantSource(InputFile file, const std::optional<std::vector<std::string>>& samples);
  VariantSource(const VariantSource&) = delete;
  VariantSource& operator=(const VariantSource&) = delete;

  /// What records refer to.
  const std::shared_ptr<VariantHeader::Definitions>& definitions() const { return header_.shared(); }
  const std::vector<UndefinedVariantId>& undefined() const { return header_.added(); }
  /// Of the header in a file of VCF, those that htslib cannot hold.
  const std::vector<std::string>& lost_lines() const { return lost_lines_; }
  const InputFile& file() const { return file_; }

  /// Reads record `number`, counted from 1; false at the end. Throws Error(invalid_input).
  bool read(bcf1_t* record, std::uint64_t number);
  /// Whether that record refers to what definitions() lacks until publish().
  bool has_grown() const { return header_.has_grown(); }
  void publish() { header_.publish(); }

  /// From here on, only what overlaps the regions. Throws what VariantReader::query() throws.
  void find(std::span<const Region> regions);
  bool has_contig(std::string_view name);  ///< what VariantReader::has_contig() says

  bool can_rewind() const;
  void rewind();  ///< as VariantReader::rewind()

 private:
  using OwnedHeader = GrowingHeader::Owned;

  bcf_hdr_t* header() const { return header_.parsed(); }
  GrowingHeader open_header(const std::optional<std::vector<std::string>>& samples);
  OwnedHeader read_header();
  OwnedHeader read_text_header();
  void keep_samples(bcf_hdr_t* header, const std::vector<std::string>& samples) const;
  bool read_line(bcf1_t* record, std::uint64_t number);
  bool read_binary(bcf1_t* record, std::uint64_t number);
  void find_text_end();
  void take_text_end(bcf1_t* record) const;
  TabixIndex& tabix();
  void check_contigs(TabixIndex& index) const;
  [[noreturn]] void refuse_index(std::string_view contig) const;
  [[noreturn]] void fail(std::uint64_t number, std::string_view place, std::string_view reason) const;

  InputFile file_;
  Line line_;
  std::vector<std::string> lost_lines_;  // before the header, which fills them
  GrowingHeader header_;
  std::optional<int> text_end_;  // INFO/END where it is text
  std::optional<std::vector<Region>> regions_;
  std::optional<TabixIndex> tabix_;
  std::optional<BcfIndex> index_;
  std::optional<RegionCursor> cursor_;
};

}  // namespace anneal::io::hts
