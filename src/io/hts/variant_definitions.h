// What is behind VariantHeader: htslib's header, and how fields are found in it.
#pragma once

#include <htslib/vcf.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "anneal/io/variant_header.h"

namespace anneal::io {

struct VariantHeader::Definitions {
  struct Destroy {
    void operator()(bcf_hdr_t* owned) const { bcf_hdr_destroy(owned); }
  };

  explicit Definitions(bcf_hdr_t* owned, std::shared_ptr<Definitions> of = nullptr)
      : header(owned), completes(std::move(of)) {}

  std::unique_ptr<bcf_hdr_t, Destroy> header;
  std::shared_ptr<Definitions> completes;  // a file's own, to which this one adds; null where it adds nothing
};

namespace hts {

/// Its number in the dictionary of INFO, FORMAT and FILTER; nothing where it is not defined as `line`, which is
/// BCF_HL_INFO, BCF_HL_FMT or BCF_HL_FLT.
std::optional<int> find_id(const bcf_hdr_t* header, int line, std::string_view id);
/// The same as find_id() tells it for the contigs.
std::optional<int> find_contig(const bcf_hdr_t* header, std::string_view name);
/// Of a field with this number.
VariantField field_of(const bcf_hdr_t* header, int line, int id);
/// With the numbers that BCF refers to, or without.
std::string header_text(const bcf_hdr_t* header, bool with_numbers);
/// Samples of a record in the file, of which the header may keep a part.
std::uint32_t stored_samples(const bcf_hdr_t* header);
std::string_view contig_name(const bcf_hdr_t* header, int contig);  ///< empty where there is none
std::string_view id_name(const bcf_hdr_t* header, int id);          ///< empty where there is none

}  // namespace hts
}  // namespace anneal::io
