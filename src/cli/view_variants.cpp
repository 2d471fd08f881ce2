#include "cli/view_variants.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "cli/named_format.h"
#include "cli/print.h"
#include "cli/view_arguments.h"
#include "io/bed_regions.h"
#include "io/hts/text_output.h"
#include "io/hts/variant_source.h"
#include "io/output.h"
#include "io/output_path.h"

namespace anneal::cli {
namespace {

constexpr std::string_view no_filter = ".";

std::string describe(const io::UndefinedVariantId& undefined) {
  constexpr std::string_view kinds[] = {"the contig", "the filter", "INFO", "FORMAT"};
  return fmt::format("{} {}", kinds[static_cast<std::size_t>(undefined.kind)], base::quote(undefined.id));
}

class VariantView {
 public:
  VariantView(io::hts::InputFile file, const ViewVariantsArguments& arguments)
      : arguments_(arguments), is_text_(io::hts::is_vcf(file)),
        reader_(std::move(file), {.samples = arguments.samples}) {
    if (!is_text_) check_filters();
    find_regions();
  }

  void write(const std::stop_token& stop) {
    write_part(stop);
    warn_of_undefined();
    warn_of_lost_lines();
  }

 private:
  void write_part(const std::stop_token& stop) {
    switch (arguments_.part) {
      case ViewPart::everything:
      case ViewPart::header:
        return write_file(stop);
      case ViewPart::records:
        return write_lines(stop);
      case ViewPart::count:
        return write_count(stop);
    }
  }

  void write_file(const std::stop_token& stop) {
    if (output_format() == io::VariantFormat::vcf) refuse_level(arguments_.level);
    // What is written in place cannot be begun again.
    const bool is_in_place = io::resolve_output(arguments_.output).kind != io::OutputPath::replaced;
    if (is_in_place && needs_definitions() && reader_.can_rewind()) complete_header(stop);
    if (try_to_write_file(stop)) return;
    complete_header(stop);
    try_to_write_file(stop);
  }

  // BCF has to define all before its first record, and a header of VCF may not.
  bool needs_definitions() const {
    return is_text_ && arguments_.part != ViewPart::header && output_format() == io::VariantFormat::bcf;
  }

  io::VariantFormat output_format() const {
    const bool is_by_name = arguments_.format == io::VariantFormat::by_name;
    return is_by_name ? io::variant_format_of(arguments_.output) : arguments_.format;
  }

  // False where the header has to be completed first; nothing is then written.
  bool try_to_write_file(const std::stop_token& stop) {
    const bool needs_definitions = this->needs_definitions() && !is_complete_;
    io::VariantWriter writer(arguments_.output, reader_.header(),
                             {.format = arguments_.format, .threads = arguments_.threads, .level = arguments_.level});
    if (arguments_.part != ViewPart::header) {
      for (io::VariantRecord record; read(record, stop);) {
        if (needs_definitions && !reader_.undefined().empty()) return false;
        if (is_wanted(record)) writer.write(record);
      }
    }
    writer.commit();
    return true;
  }

  void complete_header(const std::stop_token& stop) {
    if (!reader_.can_rewind()) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("the header of {} does not define {}, and BCF has to define all before its first record; "
                              "give a file, which can be read twice, or add what is missing by bcftools annotate -h or "
                              "reheader",
                              reader_.name(), describe(reader_.undefined().front())));
    }
    for (io::VariantRecord record; read(record, stop);) {
    }
    reader_.rewind();
    is_complete_ = true;
  }

  void write_lines(const std::stop_token& stop) {
    const bool is_by_name = arguments_.format == io::VariantFormat::by_name;
    if (arguments_.format == io::VariantFormat::bcf || (is_by_name && arguments_.output.ends_with(".bcf"))) {
      throw Error(ErrorCode::invalid_argument, "--no-header is for VCF; BCF always has a header");
    }
    const bool is_compressed = is_by_name ? is_bgzf_by_name() : arguments_.format == io::VariantFormat::vcf_gz;
    if (!is_compressed) refuse_level(arguments_.level);
    io::hts::TextOutput output(arguments_.output, is_compressed, arguments_.threads.pool(), arguments_.level);
    for_each_wanted(stop, [&](const io::VariantRecord& record) { output.write(record.text() + '\n'); });
    output.commit();
  }

  bool is_bgzf_by_name() const {
    const NamedOutput output{.option = "-o", .path = arguments_.output, .input = reader_.name(), .format = "VCF"};
    require_format_in_name(output);
    return require_bgzf_in_name(output);
  }

  void write_count(const std::stop_token& stop) {
    std::uint64_t count = 0;
    for_each_wanted(stop, [&](const io::VariantRecord&) { ++count; });
    io::Output output(arguments_.output);
    output.write(fmt::format("{}\n", count));
    output.commit();
  }

  template <typename Action>
  void for_each_wanted(const std::stop_token& stop, Action action) {
    for (io::VariantRecord record; read(record, stop);) {
      if (is_wanted(record)) action(record);
    }
  }

  bool read(io::VariantRecord& record, const std::stop_token& stop) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    if (reader_.read(record)) return true;
    if (is_text_ && !has_regions()) check_filters();
    return false;
  }

  bool has_regions() const { return !arguments_.regions.empty() || !arguments_.regions_file.empty(); }

  void warn_of_undefined() const {
    const auto& undefined = reader_.undefined();
    if (undefined.empty()) return;
    const auto others = static_cast<std::int64_t>(undefined.size()) - 1;
    print_message(
        fmt::format("the header of {} does not define {}{}; fields that it does not define are read as text",
                    reader_.name(), describe(undefined.front()),
                    others == 0 ? "" : fmt::format(", nor {} that records have", counted(others, "other name"))));
  }

  void warn_of_lost_lines() const {
    const auto& lines = reader_.lost_header_lines();
    if (lines.empty()) return;
    const auto others = static_cast<std::int64_t>(lines.size()) - 1;
    print_message(fmt::format("the header line {} of {} is left out, as it is neither ##KEY=VALUE nor ##KEY=<ID=...>{}",
                              base::quote(lines.front()), reader_.name(),
                              others == 0 ? "" : fmt::format("; so are {}", counted(others, "other line"))));
  }

  // Of VCF when all was read, as a record can have one that the header does not define.
  void check_filters() const {
    for (const std::string& filter : arguments_.filters) {
      const io::UndefinedVariantId undefined{io::VariantDefinition::filter, filter};
      const bool is_known = filter == no_filter || reader_.header().has_filter(filter) ||
                            std::ranges::find(reader_.undefined(), undefined) != reader_.undefined().end();
      if (is_known) continue;
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("the header of {} defines no filter {}; give one that it defines, PASS, or . for records "
                              "without any",
                              reader_.name(), base::quote(filter)));
    }
  }

  void find_regions() {
    if (!has_regions()) return;
    const auto is_contig = [this](std::string_view name) { return reader_.has_contig(name); };
    std::vector<io::Region> regions;
    if (!arguments_.regions_file.empty()) regions = io::read_bed_regions(arguments_.regions_file, is_contig);
    for (const std::string& region : arguments_.regions) regions.push_back(io::parse_region(region, is_contig));
    reader_.query(regions);
  }

  bool is_wanted(const io::VariantRecord& record) const {
    if (arguments_.min_quality && !(record.quality() >= arguments_.min_quality)) return false;
    if (arguments_.filters.empty()) return true;
    return std::ranges::any_of(arguments_.filters, [&](const std::string& filter) {
      return filter == no_filter ? record.filters().empty() : record.has_filter(filter);
    });
  }

  const ViewVariantsArguments& arguments_;
  bool is_text_;
  io::VariantReader reader_;
  bool is_complete_ = false;  // the reader's header
};

}  // namespace

void view_variants(io::hts::InputFile file, const ViewVariantsArguments& arguments, const std::stop_token& stop) {
  VariantView(std::move(file), arguments).write(stop);
}

}  // namespace anneal::cli
