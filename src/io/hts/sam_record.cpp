#include "io/hts/sam_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "io/hts/sam_line.h"

namespace anneal::io::hts {
namespace {

// Of a line in which htslib has made some tabs to zeros.
std::string_view field(std::string_view line, int index) {
  constexpr std::string_view ends("\t\0", 2);
  for (; index > 0; --index) line.remove_prefix(std::min(line.find_first_of(ends), line.size() - 1) + 1);
  return line.substr(0, line.find_first_of(ends));
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
    return "is not what SAM allows: it has to have 11 fields behind tabs, as many qualities and CIGAR letters as "
           "letters, and tags such as NM:i:0";
  }
  return reference_defect(line.view(), *bam, header);
}

}  // namespace anneal::io::hts
