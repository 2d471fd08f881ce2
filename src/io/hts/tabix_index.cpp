#include "io/hts/tabix_index.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <new>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/hts/index_contents.h"
#include "io/hts/index_path.h"

namespace anneal::io::hts {
namespace {

constexpr std::int64_t longest_contig = std::int64_t{1} << 38;  // that anyone has: lines do not tell
constexpr std::string_view suffixes[] = {".csi", ".tbi"};

void check_compression(const InputFile& file) {
  check_can_have_index(file.path());
  if (file.format().compression == bgzf) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{} is not compressed by BGZF, so that regions cannot be found in it; compress it with bgzip, "
                  "then make an index with anneal index",
                  file.name()));
}

[[noreturn]] void refuse_index(const std::string& path) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("the index {} cannot be used; make it again with anneal index", base::quote(path)));
}

void check_columns(const IndexContents& index, const LineFormat& format, const std::string& index_path,
                   const std::string& path) {
  const tbx_conf_t& expected = format.columns;
  const auto& found = index.columns;
  const bool is_same = index.has_columns && found[0] == expected.preset && found[1] == expected.sc &&
                       found[2] == expected.bc && (found[3] == expected.ec || expected.preset == TBX_VCF);
  if (!is_same) refuse_foreign(index_path, path, fmt::format("it is of a format other than {}", format.name));
}

RegionCursor cursor_of(const InputFile& file, const hts_idx_t* index, hts_readrec_func* read, void* data,
                       std::vector<IndexedInterval> intervals) {
  const auto open = [index, read](const IndexedInterval& interval) {
    return hts_itr_query(index, interval.contig, interval.begin, interval.end, read);
  };
  const auto are_near = [index](const IndexedInterval& one, const IndexedInterval& later) {
    return are_near_in_blocks(index, one, later);
  };
  const auto next = [blocks = hts_get_bgzfp(file.get()), data](hts_itr_t* iterator, void* record) {
    return hts_itr_next(blocks, iterator, record, data);
  };
  return {{open, next, are_near}, std::move(intervals)};
}

}  // namespace

TabixIndex::TabixIndex(const InputFile& file, const LineFormat& format) : format_(format) {
  check_compression(file);
  const IndexFile found = find_index(file.path(), places_beside(file.path(), suffixes));
  const std::string& path = found.path;
  const IndexContents contents = read_index(path);
  check_columns(contents, format, path, file.path());
  check_depth(contents, path, file.path(), longest_contig);
  check_age(found, file.path(), check_places(contents, path, file.path()));
  index_.reset(tbx_index_load3(file.path().c_str(), path.c_str(), HTS_IDX_SILENT_FAIL));
  if (index_ == nullptr) refuse_index(path);
}

std::vector<std::string> TabixIndex::contigs() const {
  int count = 0;
  const char** const names = tbx_seqnames(index_.get(), &count);
  std::vector<std::string> contigs(names, names + count);
  std::free(static_cast<void*>(names));
  return contigs;
}

bool TabixIndex::has_contig(const std::string& name) const { return tbx_name2id(index_.get(), name.c_str()) >= 0; }

RegionCursor TabixIndex::find(const InputFile& file, std::span<const Region> regions) {
  std::vector<IndexedInterval> intervals;
  for (const Region& region : regions) {
    const int contig = tbx_name2id(index_.get(), region.contig.c_str());
    if (contig >= 0) intervals.push_back(indexed(region, contig));
  }
  if (&format_ == &vcf_lines) return cursor_of(file, index_->idx, tbx_readrec, index_.get(), std::move(intervals));
  return cursor_of(file, index_->idx, read_line, this, std::move(intervals));
}

// As tbx_readrec(), which fails at comments between records.
int TabixIndex::read_line(BGZF* file, void* self, void* line, int* contig, hts_pos_t* begin, hts_pos_t* end) {
  constexpr int at_end = -1, failed = -2;
  TabixIndex& index = *static_cast<TabixIndex*>(self);
  auto& text = *static_cast<kstring_t*>(line);
  while (true) {
    const int result = bgzf_getline(file, '\n', &text);
    if (result < 0) return result;
    const LineKind kind = index.format_.kind_of({text.s, text.l});
    if (kind == LineKind::tail) return at_end;
    if (kind == LineKind::other) continue;
    try {
      split_columns({text.s, text.l}, index.columns_);
      const LineInterval interval = interval_of(index.columns_, index.format_);
      *contig = tbx_name2id(index.index_.get(), std::string(interval.contig).c_str());
      *begin = interval.begin;
      *end = std::max<hts_pos_t>(interval.end, 1);
      return *contig < 0 ? failed : result;
    } catch (const ColumnError&) {
      return failed;
    }
  }
}

BcfIndex::BcfIndex(const InputFile& file, std::int32_t contig_count) {
  check_compression(file);
  const IndexFile found = find_index(file.path(), places_beside(file.path(), std::span(suffixes).first(1)));
  const std::string& path = found.path;
  const IndexContents contents = read_index(path);
  if (contents.is_bai) refuse_foreign(path, file.path(), "it is that of a BAM file");
  if (contents.has_columns) refuse_foreign(path, file.path(), "it is of a file of lines");
  if (contents.contig_count > contig_count) {
    refuse_foreign(path, file.path(),
                   fmt::format("it has {} contigs, and the file's header {}", contents.contig_count, contig_count));
  }
  check_depth(contents, path, file.path(), longest_contig);
  check_age(found, file.path(), check_places(contents, path, file.path()));
  index_.reset(bcf_index_load3(file.path().c_str(), path.c_str(), HTS_IDX_SILENT_FAIL));
  if (index_ == nullptr) refuse_index(path);
}

RegionCursor BcfIndex::find(const InputFile& file, std::vector<IndexedInterval> intervals) const {
  return cursor_of(file, index_.get(), bcf_readrec, nullptr, std::move(intervals));
}

}  // namespace anneal::io::hts
