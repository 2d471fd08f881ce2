#include "io/hts/tabix_build.h"

#include <fmt/core.h>
#include <htslib/vcf.h>

#include <cerrno>
#include <unordered_map>

#include "anneal/error.h"
#include "anneal/io/variants.h"
#include "base/text.h"
#include "io/hts/coordinate_order.h"
#include "io/hts/index_path.h"
#include "io/hts/line.h"
#include "io/hts/new_file.h"
#include "io/whole_lines.h"

namespace anneal::io::hts {
namespace {

constexpr int no_threads = 0;  // htslib would start its own
constexpr int csi_shift = 14;  // the smallest bins have 2^14 positions, as in TBI

// Contigs, in any order, but each in one piece.
class LineOrder {
 public:
  /// What is wrong with a record that should have come earlier; empty where nothing is.
  std::string add(std::string_view contig, std::int64_t begin) {
    const auto number = numbers_.try_emplace(std::string(contig), static_cast<int>(numbers_.size())).first->second;
    if (order_.add({number, begin})) return {};
    if (number == order_.last().contig) {
      return fmt::format("position {} comes after {} on {}; sort the file", begin + 1, order_.last().position + 1,
                         base::quote(contig));
    }
    return fmt::format("the contig {} comes again, after other contigs; sort the file", base::quote(contig));
  }

 private:
  CoordinateOrder order_;
  std::unordered_map<std::string, int> numbers_;  // by their first records
};

void check_bgzf(const InputFile& file) {
  if (file.format().compression == bgzf) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{} is not compressed by BGZF, so that it cannot be indexed; compress it with bgzip", file.name()));
}

void check_line(std::string_view line, const LineFormat& format, LineOrder& order,
                std::vector<std::string_view>& columns) {
  split_columns(line, columns);
  const LineInterval interval = interval_of(columns, format);
  const std::string defect = order.add(interval.contig, interval.begin);
  if (!defect.empty()) throw ColumnError(static_cast<std::size_t>(format.columns.bc), defect);
}

// htslib passes over what it cannot parse.
void check_lines(const InputFile& file, const LineFormat& format) {
  LineOrder order;
  Line line;
  std::vector<std::string_view> columns;
  int result = 0;
  bool is_tail = false;
  for (std::uint64_t number = 1; (result = line.read(file.get())) >= 0; ++number) {
    const LineKind kind = format.kind_of(line.text());
    if (kind == LineKind::tail) is_tail = true;
    if (is_tail || kind != LineKind::record) continue;
    try {
      check_line(line.text(), format, order, columns);
    } catch (const ColumnError& error) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("line {} of {}, column {}: {}", number, file.name(), error.column(), error.what()));
    }
  }
  if (result == Line::cut) refuse_cut_line(file.name());
  if (result < Line::at_end) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} is damaged or truncated; copy or make it again", file.name()));
  }
  file.check_end();
}

void check_records(const std::string& path, const IoThreads& threads) {
  VariantReader reader(path, {.threads = threads, .samples = std::vector<std::string>()});
  LineOrder order;
  std::string with_telomere;  // the contig that had a record at position 0
  for (const VariantRecord& record : reader) {
    std::string defect = order.add(record.contig(), record.position());
    if (record.position() < 0) {
      if (defect.empty() && with_telomere == record.contig()) {
        defect = fmt::format(
            "it is the second one at position 0 of {}, of which an index of BCF holds one; write the "
            "file as VCF compressed by BGZF, whose index has them all",
            base::quote(record.contig()));
      }
      with_telomere = record.contig();
    }
    if (defect.empty()) continue;
    throw Error(ErrorCode::invalid_input,
                fmt::format("record {} of {}: {}", reader.records_read(), reader.name(), defect));
  }
}

// Calls htslib, whose result is below 0 where it failed.
template <typename Build>
std::string build_file(const std::string& path, std::string_view suffix, const RegionIndexOptions& options,
                       Build build) {
  const std::string output = options.output_path.empty() ? path + std::string(suffix) : options.output_path;
  NewFile file(output);
  errno = 0;
  if (build(file.temporary_path().c_str()) < 0) file.fail(errno);
  file.commit();
  return output;
}

}  // namespace

std::string build_index(const std::string& path, const LineFormat& format, const RegionIndexOptions& options) {
  check_can_have_index(path);
  {
    const InputFile file(path, options.threads.pool());
    check_bgzf(file);
    check_lines(file, format);
  }
  const auto build = [&](int shift) {
    return [&, shift](const char* output) {
      return tbx_index_build3(path.c_str(), output, shift, no_threads, &format.columns);
    };
  };
  const bool is_vcf = &format == &vcf_lines;
  const bool is_csi = options.kind == RegionIndex::csi || (options.kind == RegionIndex::automatic && is_vcf);
  if (is_csi) return build_file(path, ".csi", options, build(csi_shift));
  bool is_too_large = false;
  const auto build_tbi = [&](const char* output) {
    const int result = build(0)(output);
    is_too_large = result < 0 && errno == ERANGE;
    return result;
  };
  try {
    return build_file(path, ".tbi", options, build_tbi);
  } catch (const Error&) {
    if (!is_too_large) throw;
  }
  if (options.kind == RegionIndex::automatic) return build_file(path, ".csi", options, build(csi_shift));
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{} has positions above 536870912, which TBI cannot hold; make a CSI index", base::quote(path)));
}

std::string build_bcf_index(const std::string& path, const RegionIndexOptions& options) {
  check_can_have_index(path);
  check_bgzf(InputFile(path));
  if (options.kind == RegionIndex::tbi) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} is BCF, which TBI cannot index; make a CSI index", base::quote(path)));
  }
  check_records(path, options.threads);
  return build_file(path, ".csi", options,
                    [&](const char* output) { return bcf_index_build3(path.c_str(), output, csi_shift, no_threads); });
}

}  // namespace anneal::io::hts
