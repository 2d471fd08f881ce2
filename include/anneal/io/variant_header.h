// The header of a VCF or BCF file: what its records may refer to.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::io {

enum class VariantType { flag, integer, real, text };  ///< Type= in the header; `text` is String and Character

/// Number= in the header: how many values an INFO field has, or a FORMAT field per sample.
enum class VariantCount {
  fixed,
  any,            ///< "."
  per_alternate,  ///< "A"
  per_allele,     ///< "R"
  per_genotype,   ///< "G"
};

/// An INFO or FORMAT field.
struct VariantField {
  std::string id;
  VariantType type = VariantType::text;
  VariantCount count = VariantCount::any;
  int fixed_count = 0;  ///< where `count` is fixed
  std::string description;

  friend bool operator==(const VariantField&, const VariantField&) = default;
};

struct VariantFilter {
  std::string id;
  std::string description;

  friend bool operator==(const VariantFilter&, const VariantFilter&) = default;
};

struct VariantContig {
  std::string name;
  std::optional<std::int64_t> length;

  friend bool operator==(const VariantContig&, const VariantContig&) = default;
};

/// What a line of the header defines.
enum class VariantDefinition { contig, filter, info, format };

/// What a record uses and the header of its file does not define.
struct UndefinedVariantId {
  VariantDefinition kind = VariantDefinition::contig;
  std::string id;

  friend bool operator==(const UndefinedVariantId&, const UndefinedVariantId&) = default;
};

/// A header that several records, readers and writers share; copies are cheap. Any threads may look at it; only one may
/// change it, while none looks. Complete it before records are made with
/// it: add_line() and add_sample() give this object a header of its own, which those records do not have.
class VariantHeader {
 public:
  struct Definitions;

  /// VCF 4.2 with the filter PASS, and nothing else.
  VariantHeader();
  /// Lines that begin with "##", and at their end the "#CHROM" line with the samples, which may be left out. Throws
  /// Error(invalid_argument) naming the line that is wrong.
  explicit VariantHeader(std::string_view text);
  explicit VariantHeader(std::shared_ptr<Definitions> definitions) : definitions_(std::move(definitions)) {}

  /// As VCF has it, the "#CHROM" line included.
  std::string text() const;

  std::vector<VariantContig> contigs() const;
  std::vector<std::string> samples() const;
  std::vector<VariantField> info_fields() const;
  std::vector<VariantField> format_fields() const;
  std::vector<VariantFilter> filters() const;  ///< PASS included

  bool has_contig(std::string_view name) const;
  bool has_filter(std::string_view id) const;
  std::optional<VariantField> find_info(std::string_view id) const;
  std::optional<VariantField> find_format(std::string_view id) const;

  /// One line, such as "##contig=<ID=chr1,length=1000>". Throws Error(invalid_argument) where it is malformed, or
  /// defines again what is defined.
  void add_line(std::string_view line);
  /// Throws Error(invalid_argument) where the name is empty, has a tab or occurs twice.
  void add_sample(std::string_view name);

  const std::shared_ptr<Definitions>& definitions() const { return definitions_; }  ///< for the library itself

 private:
  void detach();

  std::shared_ptr<Definitions> definitions_;
};

}  // namespace anneal::io
