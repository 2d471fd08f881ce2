#include "cli/view_variants.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "base/text.h"
#include "io/bed_regions.h"
#include "io/hts/text_output.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

constexpr std::string_view no_filter = ".";

class VariantView {
 public:
  VariantView(io::hts::InputFile file, const ViewVariantsArguments& arguments)
      : arguments_(arguments), reader_(std::move(file), {.samples = arguments.samples}) {
    check_filters();
    find_regions();
  }

  void write(const std::stop_token& stop) {
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

 private:
  void write_file(const std::stop_token& stop) {
    io::VariantWriter writer(arguments_.output, reader_.header(),
                             {.format = arguments_.format, .threads = arguments_.threads, .level = arguments_.level});
    if (arguments_.part != ViewPart::header) {
      for_each_wanted(stop, [&](const io::VariantRecord& record) { writer.write(record); });
    }
    writer.commit();
  }

  void write_lines(const std::stop_token& stop) {
    io::hts::TextOutput output(arguments_.output, arguments_.threads.pool(), arguments_.level);
    for_each_wanted(stop, [&](const io::VariantRecord& record) { output.write(record.text() + '\n'); });
    output.commit();
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
    for (io::VariantRecord record; reader_.read(record);) {
      if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
      if (is_wanted(record)) action(record);
    }
  }

  void check_filters() const {
    for (const std::string& filter : arguments_.filters) {
      if (filter == no_filter || reader_.header().has_filter(filter)) continue;
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("the header of {} defines no filter {}; give one that it defines, PASS, or . for records "
                              "without any",
                              reader_.name(), base::quote(filter)));
    }
  }

  void find_regions() {
    if (arguments_.regions.empty() && arguments_.regions_file.empty()) return;
    const auto is_contig = [this](std::string_view name) { return reader_.header().has_contig(name); };
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
  io::VariantReader reader_;
};

}  // namespace

void view_variants(io::hts::InputFile file, const ViewVariantsArguments& arguments, const std::stop_token& stop) {
  VariantView(std::move(file), arguments).write(stop);
}

}  // namespace anneal::cli
