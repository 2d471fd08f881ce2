// One variant of a VCF or BCF file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/variant_header.h"

namespace anneal::io {

/// One allele of a genotype: 0 is the reference, k the k-th alternate, nothing where it is missing (".").
struct GenotypeAllele {
  std::optional<int> allele;
  bool phased = false;  ///< "|" stands before it, not "/"; false for the first

  friend bool operator==(const GenotypeAllele&, const GenotypeAllele&) = default;
};

/// As many alleles as the sample's ploidy.
using Genotype = std::vector<GenotypeAllele>;

/// Values of a field; one that is missing (".") is nullopt.
using VariantIntegers = std::vector<std::optional<std::int32_t>>;
using VariantReals = std::vector<std::optional<float>>;

/// A record, with the header that defines its fields: that of its file, and what a file of VCF uses without defining
/// it. One thread at a time, reading too. Text is as in the file, percent escapes included. Views are valid until the
/// record changes, is read into or ends; moving it keeps them.
///
/// What reads a field throws Error(invalid_argument) where the header does not define it or gives it another type, or
/// where there is no such sample or allele; of a field that this record lacks there are no values. What writes throws
/// Error(invalid_argument) also for values that the file's formats cannot hold: integers below -2^31 + 8, text with
/// tabs, line ends, or the separators of its field.
class VariantRecord {
 public:
  VariantRecord();  ///< to be read into
  /// Nothing but the header; a record that is written needs contig, position and alleles.
  explicit VariantRecord(const VariantHeader& header);
  VariantRecord(const VariantRecord& other);
  VariantRecord(VariantRecord&& other) noexcept;
  VariantRecord& operator=(const VariantRecord& other);
  VariantRecord& operator=(VariantRecord&& other) noexcept;
  ~VariantRecord();

  const VariantHeader& header() const;
  /// The line of VCF, without its end. Throws Error(invalid_argument) where there is no contig.
  std::string text() const;

  std::string_view contig() const;  ///< empty where none was set
  std::int64_t position() const;    ///< from 0; -1 is VCF's 0, a telomere
  std::int64_t end() const;         ///< behind the last reference base, by INFO/END where there is one
  std::string_view id() const;      ///< empty where it is missing
  std::size_t allele_count() const;
  std::string_view allele(std::size_t index) const;  ///< 0 is the reference; "<DEL>" and "*" are alleles, too
  std::optional<float> quality() const;
  std::vector<std::string_view> filters() const;  ///< none where filters were not applied
  bool has_filter(std::string_view id) const;

  std::vector<std::string_view> info_ids() const;
  bool has_info(std::string_view id) const;  ///< of a flag, its value
  VariantIntegers info_integers(std::string_view id) const;
  VariantReals info_reals(std::string_view id) const;
  std::optional<std::string> info_text(std::string_view id) const;  ///< with commas between values

  std::size_t sample_count() const;
  std::vector<std::string_view> format_ids() const;
  bool has_format(std::string_view id) const;
  VariantIntegers format_integers(std::string_view id, std::size_t sample) const;
  VariantReals format_reals(std::string_view id, std::size_t sample) const;
  std::optional<std::string> format_text(std::string_view id, std::size_t sample) const;
  Genotype genotype(std::size_t sample) const;

  void set_contig(std::string_view name);
  void set_position(std::int64_t position);  ///< -1 .. 2^31 - 2
  void set_id(std::string_view id);          ///< empty: missing
  void set_alleles(std::span<const std::string> alleles);
  void set_quality(std::optional<float> quality);
  void set_filters(std::span<const std::string> ids);

  /// An empty vector removes the field.
  void set_info(std::string_view id, const VariantIntegers& values);
  void set_info(std::string_view id, const VariantReals& values);
  void set_info_text(std::string_view id, const std::optional<std::string>& value);
  void set_info_flag(std::string_view id, bool value);

  /// A vector for each sample. They may differ in size; an empty one is missing.
  void set_format(std::string_view id, std::span<const VariantIntegers> samples);
  void set_format(std::string_view id, std::span<const VariantReals> samples);
  void set_format_text(std::string_view id, std::span<const std::string> samples);
  void set_genotypes(std::span<const Genotype> samples);

  struct Storage;
  Storage& storage() const { return *storage_; }  ///< for the library itself

 private:
  std::unique_ptr<Storage> storage_;
};

}  // namespace anneal::io
