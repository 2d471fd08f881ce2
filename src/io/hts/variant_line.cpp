#include "io/hts/variant_line.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/text.h"
#include "io/hts/variant_definitions.h"

namespace anneal::io::hts {
namespace {

using Defect = std::optional<std::string>;

constexpr std::size_t fixed_columns = 8;
constexpr std::array<std::string_view, fixed_columns> column_names = {"CHROM", "POS",  "ID",     "REF",
                                                                      "ALT",   "QUAL", "FILTER", "INFO"};

// Cuts text at a byte: the part before it, which is taken away together with the byte.
std::string_view cut(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_real(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error != std::errc::invalid_argument && end == text.data() + text.size();
}

// What BCF's 32 bits hold, less the 8 numbers that it keeps for itself.
bool is_integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min() + 8;
  return error == std::errc() && end == text.data() + text.size() && value >= least &&
         value <= std::numeric_limits<std::int32_t>::max();
}

Defect refuse_value(std::string_view field, std::string_view id, std::string_view value, bool is_integer) {
  return fmt::format("{} {} is {}, which is no {}; mend it, or change the Type that the header gives", field,
                     base::quote(id), base::quote(value), is_integer ? "integer of 32 bits" : "number");
}

Defect find_bad_value(const bcf_hdr_t* header, std::string_view id, std::string_view values) {
  const auto number = find_id(header, BCF_HL_INFO, id);
  if (!number) return std::nullopt;  // the parser says so
  const auto type = bcf_hdr_id2type(header, BCF_HL_INFO, *number);
  if (type != BCF_HT_INT && type != BCF_HT_REAL) return std::nullopt;
  while (!values.empty()) {
    const std::string_view value = cut(values, ',');
    const bool is_missing = value.empty() || value == ".";
    if (!is_missing && !(type == BCF_HT_INT ? is_integer(value) : is_real(value))) {
      return refuse_value("INFO", id, value, type == BCF_HT_INT);
    }
  }
  return std::nullopt;
}

// The parser makes header lines of names that are not defined, in which ",IDX=1" takes another name's number.
Defect find_undefinable(const bcf_hdr_t* header, int line, std::string_view names, char separator) {
  if (names.find(',') == std::string_view::npos) return std::nullopt;
  while (!names.empty()) {
    std::string_view name = cut(names, separator);
    if (line == BCF_HL_INFO) name = cut(name, '=');
    if (name.find(',') == std::string_view::npos || find_id(header, line, name)) continue;
    return fmt::format("{} is not defined, and its name is none that a header can define; give it another one",
                       base::quote(name));
  }
  return std::nullopt;
}

Defect find_bad_info(const bcf_hdr_t* header, std::string_view info) {
  while (!info.empty()) {
    std::string_view values = cut(info, ';');
    const std::string_view id = cut(values, '=');
    if (values.empty()) continue;
    if (Defect defect = find_bad_value(header, id, values)) return defect;
  }
  return std::nullopt;
}

// VCF 4.3 forbids it, and the parser makes a genotype that comes first unreadable.
Defect find_repeated_format(std::string_view format) {
  std::vector<std::string_view> ids;
  while (!format.empty()) ids.push_back(cut(format, ':'));
  std::ranges::sort(ids);
  const auto repeated = std::ranges::adjacent_find(ids);
  if (repeated == ids.end()) return std::nullopt;
  return fmt::format("its FORMAT names {} twice; leave one of them out", base::quote(*repeated));
}

// VCF wants GT first. Elsewhere the parser takes it, too, but makes another allele of one that a sample lacks.
Defect find_missing_genotype(std::string_view format, std::string_view samples) {
  int fields_before = 0;
  for (std::string_view id = cut(format, ':'); id != "GT"; id = cut(format, ':'), ++fields_before) {
    if (format.empty()) return std::nullopt;
  }
  if (fields_before == 0) return std::nullopt;
  while (!samples.empty()) {
    std::string_view sample = cut(samples, '\t');
    for (int i = 0; i < fields_before; ++i) cut(sample, ':');
    if (sample.empty() || sample.starts_with(':')) {
      return "a sample lacks its GT, which FORMAT does not name first; put GT first, or write . for what is missing";
    }
  }
  return std::nullopt;
}

// Integers of samples only: other values the parser refuses itself.
bool has_many_digits(std::string_view text) {
  constexpr int most = 9;
  int digits = 0;
  for (const char byte : text) {
    digits = is_digit(byte) ? digits + 1 : 0;
    if (digits > most) return true;
  }
  return false;
}

Defect find_bad_sample(const bcf_hdr_t* header, std::string_view format, std::string_view samples) {
  while (!samples.empty()) {
    std::string_view sample = cut(samples, '\t');
    for (std::string_view ids = format; !sample.empty() && !ids.empty();) {
      const std::string_view id = cut(ids, ':');
      std::string_view values = cut(sample, ':');
      const auto number = find_id(header, BCF_HL_FMT, id);
      if (!number || bcf_hdr_id2type(header, BCF_HL_FMT, *number) != BCF_HT_INT) continue;
      while (!values.empty()) {
        const std::string_view value = cut(values, ',');
        if (!value.empty() && value != "." && !is_integer(value)) return refuse_value("FORMAT", id, value, true);
      }
    }
  }
  return std::nullopt;
}

// Which the parser would make a missing one of.
bool has_empty_allele(std::string_view alternates) {
  return alternates.starts_with(',') || alternates.ends_with(',') || alternates.find(",,") != std::string_view::npos;
}

Defect find_wrong_count(const bcf_hdr_t* header, std::string_view line) {
  const std::uint32_t samples = stored_samples(header);
  const auto found = static_cast<std::size_t>(std::ranges::count(line, '\t')) + 1;
  const std::size_t expected = samples == 0 ? fixed_columns : fixed_columns + 1 + samples;
  const bool has_lone_format = samples == 0 && found == fixed_columns + 1;
  if (found == expected || has_lone_format) return std::nullopt;
  return fmt::format("it has {} columns, and the header makes it {} ({} samples); mend the line", found, expected,
                     samples);
}

}  // namespace

Defect find_defect(const bcf_hdr_t* header, std::string_view line) {
  if (line.find('\0') != std::string_view::npos) return "it has a NUL byte; make the file again";
  if (Defect defect = find_wrong_count(header, line)) return defect;
  std::array<std::string_view, fixed_columns> columns;
  for (std::size_t i = 0; i < fixed_columns; ++i) {
    columns[i] = cut(line, '\t');
    if (columns[i].empty()) return fmt::format("its column {} ({}) is empty; write . there", i + 1, column_names[i]);
  }
  const std::string_view contig = columns[0], position = columns[1], quality = columns[5], info = columns[7];
  if (contig.find(',') != std::string_view::npos && !find_contig(header, contig)) {
    return "its contig is neither in the header nor a name that one can define; make the file again";
  }
  if (Defect defect = find_undefinable(header, BCF_HL_FLT, columns[6], ';')) return defect;
  if (Defect defect = find_undefinable(header, BCF_HL_INFO, info, ';')) return defect;
  constexpr std::size_t most_digits = 18;
  if (!std::ranges::all_of(position, is_digit) || position.size() > most_digits) {
    return fmt::format("its position is {}, which is no number", base::quote(position));
  }
  if (has_empty_allele(columns[4])) {
    return fmt::format("its ALT {} has an empty allele; mend the line", base::quote(columns[4]));
  }
  if (quality != "." && !is_real(quality)) {
    return fmt::format("its quality is {}, which is no number; write . where there is none", base::quote(quality));
  }
  if (info != ".") {
    if (Defect defect = find_bad_info(header, info)) return defect;
  }
  const std::string_view format = cut(line, '\t');
  if (Defect defect = find_undefinable(header, BCF_HL_FMT, format, ':')) return defect;
  if (Defect defect = find_repeated_format(format)) return defect;
  if (Defect defect = find_missing_genotype(format, line)) return defect;
  if (!has_many_digits(line)) return std::nullopt;
  return find_bad_sample(header, format, line);
}

std::string place_of(std::string_view line) {
  const std::string_view contig = cut(line, '\t');
  return line.empty() ? std::string(contig) : fmt::format("{}:{}", contig, cut(line, '\t'));
}

}  // namespace anneal::io::hts
