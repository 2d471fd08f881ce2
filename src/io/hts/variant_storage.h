// What is behind VariantRecord: htslib's record, and how fields are found in it.
#pragma once

#include <htslib/vcf.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "anneal/io/variant_record.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io {

struct VariantRecord::Storage {
  struct Destroy {
    void operator()(bcf1_t* owned) const { bcf_destroy(owned); }
  };

  explicit Storage(VariantHeader of, bcf1_t* owned = bcf_init()) : header(std::move(of)), record(owned) {
    if (record == nullptr) throw std::bad_alloc();
  }

  const bcf_hdr_t* definitions() const { return header.definitions()->header.get(); }
  void unpack(int parts) const { bcf_unpack(record.get(), parts); }

  VariantHeader header;
  std::unique_ptr<bcf1_t, Destroy> record;
};

namespace hts {

/// The number of a field that the header defines as `line`, which is BCF_HL_INFO or BCF_HL_FMT, and of this type.
/// Throws Error(invalid_argument) for another one.
int checked_field(const bcf_hdr_t* header, int line, std::string_view id, VariantType type);
/// The same of any type.
int checked_field(const bcf_hdr_t* header, int line, std::string_view id);
/// Throws Error(invalid_argument) where the record has no such sample.
void check_sample(const bcf1_t* record, std::size_t sample);

/// Null where the record does not have it.
const bcf_info_t* find_info(const VariantRecord::Storage& storage, int id);
const bcf_fmt_t* find_format(const VariantRecord::Storage& storage, int id);

/// `count` stored values of BCF's `type` at `bytes`. Throw Error(invalid_input) naming the field for one of another
/// kind.
VariantIntegers stored_integers(const std::uint8_t* bytes, int count, int type, std::string_view id);
VariantReals stored_reals(const std::uint8_t* bytes, int count, int type, std::string_view id);
std::optional<std::string> stored_text(const std::uint8_t* bytes, int count, int type, std::string_view id);
Genotype stored_genotype(const std::uint8_t* bytes, int count, int type);
std::string to_string(const Genotype& genotype);  ///< as VCF has it

}  // namespace hts
}  // namespace anneal::io
