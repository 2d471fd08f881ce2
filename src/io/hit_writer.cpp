#include "io/hit_writer.h"

#include <fmt/core.h>

#include <array>

#include "anneal/error.h"
#include "base/text.h"
#include "io/blast_fields.h"
#include "io/hit_json_writer.h"
#include "io/hit_pairwise_writer.h"
#include "io/hit_record_writers.h"
#include "io/hit_tabular_writer.h"

namespace anneal::io {
namespace {

template <typename Writer>
std::unique_ptr<HitWriter> make(const HitWriterOptions& options) {
  return std::make_unique<Writer>(options);
}

std::unique_ptr<HitWriter> make_tabular(const HitWriterOptions& options) {
  return std::make_unique<HitTabularWriter>(options, HitTabularWriter::Comments::none);
}

std::unique_ptr<HitWriter> make_commented(const HitWriterOptions& options) {
  return std::make_unique<HitTabularWriter>(options, HitTabularWriter::Comments::blast);
}

constexpr std::array formats = {
    HitFormat{"6", true, false, make_tabular},
    HitFormat{"7", true, false, make_commented},
    HitFormat{"json", false, false, make<HitJsonWriter>},
    HitFormat{"pairwise", false, false, make<HitPairwiseWriter>},
    HitFormat{"sam", false, true, make<HitSamWriter>},
    HitFormat{"paf", false, false, make<HitPafWriter>},
};

}  // namespace

void HitWriter::append_header(std::string&, std::span<const Reference>) const {}
void HitWriter::append_footer(std::string&, std::uint64_t) const {}

std::span<const HitFormat> hit_formats() { return formats; }

const HitFormat& find_hit_format(std::string_view name) {
  std::string known;
  for (const HitFormat& format : formats) {
    if (format.name == name) return format;
    if (!known.empty()) known += ", ";
    known += format.name;
  }
  throw Error(ErrorCode::invalid_argument,
              fmt::format("unknown output format {}; use one of {}", base::quote(name), known));
}

HitFormatChoice parse_hit_format(std::string_view text) {
  text = base::trim(text);
  const std::size_t name_size = std::min(text.find_first_of(" \t"), text.size());
  const HitFormat& format = find_hit_format(text.substr(0, name_size));
  const std::string_view fields = base::trim(text.substr(name_size));
  if (format.takes_fields) {
    find_blast_fields(fields);
  } else if (!fields.empty()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("output format {} takes no fields (given: {}); 6 and 7 do",
                                                         format.name, base::quote(fields)));
  }
  return {.format = format, .fields = std::string(fields)};
}

}  // namespace anneal::io
