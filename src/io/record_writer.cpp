#include "io/record_writer.h"

#include <fmt/core.h>

#include <array>

#include "anneal/error.h"
#include "io/jsonl_writer.h"
#include "io/paf_writer.h"
#include "io/pretty_writer.h"
#include "io/sam_writer.h"
#include "io/tsv_writer.h"

namespace anneal::io {
namespace {

template <typename Writer>
std::unique_ptr<RecordWriter> make(const WriterOptions& options) {
  return std::make_unique<Writer>(options);
}

constexpr std::array formats = {
    RecordFormat{"paf", true, false, make<PafWriter>},        RecordFormat{"sam", true, true, make<SamWriter>},
    RecordFormat{"tsv", false, false, make<TsvWriter>},       RecordFormat{"jsonl", false, false, make<JsonlWriter>},
    RecordFormat{"pretty", false, false, make<PrettyWriter>},
};

}  // namespace

void RecordWriter::append_header(std::string&, std::span<const Reference>) const {}

std::span<const RecordFormat> record_formats() { return formats; }

const RecordFormat& find_record_format(std::string_view name) {
  std::string known;
  for (const RecordFormat& format : formats) {
    if (format.name == name) return format;
    if (!known.empty()) known += ", ";
    known += format.name;
  }
  throw Error(ErrorCode::invalid_argument, fmt::format("unknown output format '{}'; use one of {}", name, known));
}

}  // namespace anneal::io
