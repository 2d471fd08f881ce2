#include "anneal/io/variant_header.h"

#include <fmt/core.h>

#include <algorithm>
#include <new>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/file.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io {
namespace {

constexpr std::string_view fixed_columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";

[[noreturn]] void refuse(std::string_view line, std::string_view reason) {
  throw Error(ErrorCode::invalid_argument, fmt::format("the VCF header line {} {}", base::quote(line), reason));
}

std::shared_ptr<VariantHeader::Definitions> owned(bcf_hdr_t* header) {
  if (header == nullptr) throw std::bad_alloc();
  return std::make_shared<VariantHeader::Definitions>(header);
}

template <typename Item, typename Make>
std::vector<Item> listed(const bcf_hdr_t* header, int dictionary, Make make) {
  std::vector<Item> items;
  for (int id = 0; id < header->n[dictionary]; ++id) {
    if (header->id[dictionary][id].val != nullptr) make(items, id);
  }
  return items;
}

std::vector<VariantField> fields(const bcf_hdr_t* header, int line) {
  return listed<VariantField>(header, BCF_DT_ID, [&](auto& items, int id) {
    if (bcf_hdr_idinfo_exists(header, line, id)) items.push_back(hts::field_of(header, line, id));
  });
}

std::optional<VariantField> find_field(const bcf_hdr_t* header, int line, std::string_view id) {
  const auto number = hts::find_id(header, line, id);
  return number ? std::optional(hts::field_of(header, line, *number)) : std::nullopt;
}

// The columns behind FORMAT.
std::vector<std::string_view> samples_of(std::string_view line) {
  std::string_view rest = line.substr(fixed_columns.size());
  std::vector<std::string_view> columns;
  while (rest.starts_with('\t')) {
    const std::size_t end = std::min(rest.find('\t', 1), rest.size());
    columns.push_back(rest.substr(1, end - 1));
    rest.remove_prefix(end);
  }
  if (!rest.empty() || (!columns.empty() && columns.front() != "FORMAT")) refuse(line, "has columns that VCF has not");
  if (!columns.empty()) columns.erase(columns.begin());
  return columns;
}

}  // namespace

VariantHeader::VariantHeader() {
  hts::keep_quiet();
  definitions_ = owned(bcf_hdr_init("w"));
}

VariantHeader::VariantHeader(std::string_view text) : VariantHeader() {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(fixed_columns)) {
      for (const std::string_view sample : samples_of(line)) add_sample(sample);
      if (!text.empty()) refuse(line, "has to be the last one");
    } else {
      add_line(line);
    }
  }
}

std::string VariantHeader::text() const { return hts::header_text(definitions_->header.get(), false); }

std::vector<VariantContig> VariantHeader::contigs() const {
  const bcf_hdr_t* const header = definitions_->header.get();
  return listed<VariantContig>(header, BCF_DT_CTG, [&](auto& items, int id) {
    const auto length = static_cast<std::int64_t>(header->id[BCF_DT_CTG][id].val->info[0]);
    items.push_back({header->id[BCF_DT_CTG][id].key, length > 0 ? std::optional(length) : std::nullopt});
  });
}

std::vector<std::string> VariantHeader::samples() const {
  const bcf_hdr_t* const header = definitions_->header.get();
  return {header->samples, header->samples + bcf_hdr_nsamples(header)};
}

std::vector<VariantField> VariantHeader::info_fields() const { return fields(definitions_->header.get(), BCF_HL_INFO); }
std::vector<VariantField> VariantHeader::format_fields() const {
  return fields(definitions_->header.get(), BCF_HL_FMT);
}

std::vector<VariantFilter> VariantHeader::filters() const {
  std::vector<VariantFilter> filters;
  for (VariantField& field : fields(definitions_->header.get(), BCF_HL_FLT)) {
    filters.push_back({std::move(field.id), std::move(field.description)});
  }
  return filters;
}

bool VariantHeader::has_contig(std::string_view name) const {
  return hts::find_contig(definitions_->header.get(), name).has_value();
}
bool VariantHeader::has_filter(std::string_view id) const {
  return hts::find_id(definitions_->header.get(), BCF_HL_FLT, id).has_value();
}
std::optional<VariantField> VariantHeader::find_info(std::string_view id) const {
  return find_field(definitions_->header.get(), BCF_HL_INFO, id);
}
std::optional<VariantField> VariantHeader::find_format(std::string_view id) const {
  return find_field(definitions_->header.get(), BCF_HL_FMT, id);
}

void VariantHeader::add_line(std::string_view line) {
  constexpr std::string_view version = "##fileformat=";
  const bool is_line = line.starts_with("##") && line.find('=') != std::string_view::npos &&
                       std::ranges::none_of(line, [](char byte) { return byte == '\n' || byte == '\0'; });
  if (!is_line) refuse(line, "is none; write ##KEY=VALUE or ##KEY=<ID=...>");
  detach();
  bcf_hdr_t* const header = definitions_->header.get();
  if (line.starts_with(version)) {
    if (bcf_hdr_set_version(header, std::string(line.substr(version.size())).c_str()) < 0) throw std::bad_alloc();
    return;
  }
  const int before = header->nhrec;
  const bool is_added = bcf_hdr_append(header, std::string(line).c_str()) == 0 && bcf_hdr_sync(header) == 0;
  const bool is_pass = line.starts_with("##FILTER=<ID=PASS,");
  if (!is_added) refuse(line, "cannot be read; write ##KEY=VALUE or ##KEY=<ID=...>");
  if (header->nhrec == before && !is_pass) refuse(line, "defines what is defined already; leave it out");
}

void VariantHeader::add_sample(std::string_view name) {
  if (name.empty() || name.find_first_of("\t\n") != std::string_view::npos) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("a sample cannot be called {}; give it a name without tabs and line ends", base::quote(name)));
  }
  detach();
  bcf_hdr_t* const header = definitions_->header.get();
  if (bcf_hdr_add_sample(header, std::string(name).c_str()) < 0) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("the sample {} occurs twice; give it another name", base::quote(name)));
  }
  if (bcf_hdr_sync(header) < 0) throw std::bad_alloc();
}

// Records that have these definitions keep them as they are.
void VariantHeader::detach() {
  if (definitions_.use_count() > 1) definitions_ = owned(bcf_hdr_dup(definitions_->header.get()));
  definitions_->completes.reset();
}

}  // namespace anneal::io
