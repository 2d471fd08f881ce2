// TBI and CSI: making them, and finding regions by them.
#pragma once

#include <htslib/tbx.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"
#include "io/hts/file.h"
#include "io/hts/region_cursor.h"
#include "io/intervals/line_format.h"

namespace anneal::io::hts {

/// The index of a file of lines, loaded.
class TabixIndex {
 public:
  /// Throws Error(invalid_argument) for a file that is not compressed by BGZF, and Error(invalid_input) where there is
  /// no index, or it is older than the file, damaged, or of another file or format.
  TabixIndex(const InputFile& file, const LineFormat& format);
  TabixIndex(const TabixIndex&) = delete;
  TabixIndex& operator=(const TabixIndex&) = delete;

  std::vector<std::string> contigs() const;  ///< those that have records
  bool has_contig(const std::string& name) const;
  /// A contig without records gives none. The cursor reads into a kstring_t, and borrows the index and the file.
  RegionCursor find(const InputFile& file, std::span<const Region> regions);

 private:
  struct Destroy {
    void operator()(tbx_t* index) const { tbx_destroy(index); }
  };
  static int read_line(BGZF* file, void* self, void* line, int* contig, hts_pos_t* begin, hts_pos_t* end);

  const LineFormat& format_;
  std::unique_ptr<tbx_t, Destroy> index_;
  std::vector<std::string_view> columns_;
};

/// The index of a BCF file, loaded.
class BcfIndex {
 public:
  /// As that of TabixIndex. `contig_count` is the header's.
  BcfIndex(const InputFile& file, std::int32_t contig_count);

  /// The cursor reads into a bcf1_t, and borrows the index and the file. Contigs are the header's numbers.
  RegionCursor find(const InputFile& file, std::vector<IndexedInterval> intervals) const;

 private:
  struct Destroy {
    void operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
  };
  std::unique_ptr<hts_idx_t, Destroy> index_;
};

}  // namespace anneal::io::hts
