// What of a format of lines concerns lines, not records: what an index needs to know.
#pragma once

#include <htslib/tbx.h>

#include <cstdint>
#include <string_view>

#include "io/intervals/columns.h"

namespace anneal::io {

enum class LineKind {
  record,
  other,  ///< a comment, or the like
  tail,   ///< it and all that follow hold no record
};

struct LineFormat {
  std::string_view name;  ///< as messages print it: "BED"
  tbx_conf_t columns;     ///< as tabix has them
  LineKind (*kind_of)(std::string_view line);
};

extern const LineFormat vcf_lines, bed_lines, gff_lines;
extern const LineFormat paf_lines;  ///< by the target

/// Where a line lies.
struct LineInterval {
  std::string_view contig;
  std::int64_t begin = 0;  ///< from 0
  std::int64_t end = 0;    ///< one behind begin where the format has no column for it
};

/// Looks at the columns only that say so. Throws ColumnError.
LineInterval interval_of(Columns columns, const LineFormat& format);

}  // namespace anneal::io
