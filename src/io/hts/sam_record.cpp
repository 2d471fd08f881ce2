#include "io/hts/sam_record.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "io/hts/sam_line.h"

namespace anneal::io::hts {
namespace {

// Of fields, of a line in which htslib has made some tabs to zeros.
constexpr std::string_view ends("\t\0", 2);

std::string_view field(std::string_view line, int index) {
  for (; index > 0; --index) line.remove_prefix(std::min(line.find_first_of(ends), line.size() - 1) + 1);
  return line.substr(0, line.find_first_of(ends));
}

std::string quoted(std::string_view value) {
  constexpr std::size_t longest = 60;
  return base::quote(value.substr(0, longest)) + (value.size() > longest ? "..." : "");
}

// How many letters of a read a CIGAR has; nothing where it is none.
std::optional<std::uint64_t> letters_of(std::string_view cigar) {
  constexpr std::string_view operations = "MIDNSHP=XB", of_letters = "MIS=X";
  std::uint64_t letters = 0;
  while (!cigar.empty()) {
    std::uint32_t length = 0;
    const auto [end, error] = std::from_chars(cigar.data(), cigar.data() + cigar.size(), length);
    cigar.remove_prefix(static_cast<std::size_t>(end - cigar.data()));
    const bool is_operation = error == std::errc() && length < (1U << 28) && !cigar.empty() &&
                              operations.find(cigar[0]) != std::string_view::npos;
    if (!is_operation) return std::nullopt;
    if (of_letters.find(cigar[0]) != std::string_view::npos) letters += length;
    cigar.remove_prefix(1);
  }
  return letters;
}

// Why htslib has refused a line, which it only prints.
std::string reason_of(std::string_view line) {
  constexpr std::ptrdiff_t least_fields = 11;
  constexpr int cigar_field = 5, sequence_field = 9, quality_field = 10;
  const std::ptrdiff_t fields =
      1 + std::ranges::count_if(line, [](char c) { return ends.find(c) != std::string_view::npos; });
  if (fields < least_fields) return fmt::format("it has {} fields, and needs {} behind tabs", fields, least_fields);
  const std::string_view cigar = field(line, cigar_field), sequence = field(line, sequence_field),
                         quality = field(line, quality_field);
  if (cigar != "*") {
    const auto letters = letters_of(cigar);
    if (!letters) {
      return fmt::format("CIGAR {}: numbers below 2^28 with one of MIDNSHP=XB behind each, or * for none, are needed",
                         quoted(cigar));
    }
    if (sequence != "*" && *letters != sequence.size()) {
      return fmt::format("CIGAR {} has {} letters, and SEQ {}", quoted(cigar), *letters, sequence.size());
    }
  }
  if (quality != "*" && quality.size() != sequence.size()) {
    return fmt::format("QUAL has {} letters, and SEQ {}", quality.size(), sequence.size());
  }
  return "its name may have 254 letters, and its tags have to be such as NM:i:0";
}

// htslib takes a sequence that the header lacks for none.
std::string reference_defect(std::string_view line, const bam1_t& bam, sam_hdr_t* header) {
  if (bam.core.tid >= 0 && bam.core.mtid >= 0) return {};
  constexpr int reference_field = 2, mate_field = 6;
  for (const int index : {reference_field, mate_field}) {
    const std::string name(field(line, index));
    if (name == "*" || name == "=" || sam_hdr_name2tid(header, name.c_str()) >= 0) continue;
    return fmt::format("names the sequence {}, which the header lacks; add its @SQ line", base::quote(name));
  }
  return {};
}

}  // namespace

std::string parse_sam_record(Text& line, sam_hdr_t* header, bam1_t* bam) {
  // htslib takes parts of numbers, and numbers for bases, for what was meant.
  const std::string defect = defect_of_sam_line(line.view());
  if (!defect.empty()) {
    return fmt::format("(record {}) is not what SAM allows: {}", base::quote(field(line.view(), 0)), defect);
  }
  if (sam_parse1(line.get(), header, bam) < 0) {
    return fmt::format("(record {}) is not what SAM allows: {}", base::quote(field(line.view(), 0)),
                       reason_of(line.view()));
  }
  return reference_defect(line.view(), *bam, header);
}

}  // namespace anneal::io::hts
