#include "io/hts/growing_header.h"

#include <fmt/core.h>

#include <new>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal::io::hts {
namespace {

using Definitions = GrowingHeader::Definitions;

[[noreturn]] void refuse(std::string_view name) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("the name {} cannot be defined in a header of VCF; give it another one", base::quote(name)));
}

// From these numbers on. htslib copies a header as text, from which a name with quotes might come back as another.
void check_names(const bcf_hdr_t* copy, const bcf_hdr_t* original, int contig, int id) {
  for (; contig < original->n[BCF_DT_CTG]; ++contig) {
    if (contig_name(copy, contig) != contig_name(original, contig)) refuse(contig_name(original, contig));
  }
  for (; id < original->n[BCF_DT_ID]; ++id) {
    if (id_name(copy, id) != id_name(original, id)) refuse(id_name(original, id));
  }
}

std::shared_ptr<Definitions> duplicated(const bcf_hdr_t* header, std::shared_ptr<Definitions> completes) {
  GrowingHeader::Owned copy(bcf_hdr_dup(header));
  if (copy == nullptr) {
    throw Error(ErrorCode::invalid_input,
                "the header of VCF cannot be parsed again as it would be written; check the names of its samples");
  }
  check_names(copy.get(), header, 0, 0);
  return std::make_shared<Definitions>(copy.release(), std::move(completes));
}

bool is_sole_owner(const std::shared_ptr<Definitions>& definitions) {
  if (definitions.use_count() != 1) return false;
  // Counting down synchronizes with the threads that had it before; reading the count does not.
  std::shared_ptr<Definitions>(definitions).reset();
  return true;
}

VariantDefinition kind_of(int line) {
  switch (line) {
    case BCF_HL_CTG:
      return VariantDefinition::contig;
    case BCF_HL_FLT:
      return VariantDefinition::filter;
    case BCF_HL_INFO:
      return VariantDefinition::info;
    default:
      return VariantDefinition::format;
  }
}

}  // namespace

GrowingHeader::GrowingHeader(Owned parsed, std::shared_ptr<Definitions> shared)
    : parsed_(std::move(parsed)), base_(std::move(shared)), shared_(base_), lines_(this->parsed()->nhrec) {}

GrowingHeader GrowingHeader::of_text(Owned parsed) {
  auto shared = duplicated(parsed.get(), nullptr);
  return {std::move(parsed), std::move(shared)};
}

GrowingHeader GrowingHeader::of_binary(Owned parsed) {
  return {nullptr, std::make_shared<Definitions>(parsed.release())};
}

void GrowingHeader::publish() {
  for (int line = lines_; line < parsed_->nhrec; ++line) {
    bcf_hrec_t* const record = parsed_->hrec[line];
    const int id = bcf_hrec_find_key(record, "ID");
    added_.push_back({kind_of(record->type), id < 0 ? "" : record->vals[id]});
  }
  if (shared_ != base_ && is_sole_owner(shared_)) {
    append_to_shared();
  } else {
    shared_ = duplicated(parsed_.get(), base_);
  }
  lines_ = parsed_->nhrec;
}

// With their numbers, which the lines have.
void GrowingHeader::append_to_shared() {
  bcf_hdr_t* const header = shared_->header.get();
  const int contigs = header->n[BCF_DT_CTG], ids = header->n[BCF_DT_ID];
  for (int line = lines_; line < parsed_->nhrec; ++line) {
    bcf_hrec_t* const copy = bcf_hrec_dup(parsed_->hrec[line]);
    if (copy == nullptr) throw std::bad_alloc();
    if (bcf_hdr_add_hrec(header, copy) < 0) {
      bcf_hrec_destroy(copy);
      throw std::bad_alloc();
    }
  }
  if (bcf_hdr_sync(header) < 0) throw std::bad_alloc();
  check_names(header, parsed_.get(), contigs, ids);
}

}  // namespace anneal::io::hts
