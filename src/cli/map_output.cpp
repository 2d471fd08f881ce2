#include "cli/map_output.h"

#include "base/version.h"
#include "cli/alignment_output.h"
#include "io/hts/text_output.h"
#include "map/paf_lines.h"

namespace anneal::cli {
namespace {

class SamOutput final : public MapOutput {
 public:
  SamOutput(const MapArguments& arguments, const MapIndex& index)
      : paired_(arguments.paired()), maker_(index, arguments.records), show_progress_(!arguments.quiet),
        output_(arguments.output_path, header(arguments, index), options(arguments), arguments.sort) {}

  void format(std::span<const io::SequenceRecord> reads, std::span<const MappedRead> mapped,
              MapText& text) const override {
    text.records.clear();
    for (std::size_t i = 0; i < reads.size(); i += paired_ ? 2 : 1) {
      if (paired_) {
        maker_.append(reads[i], mapped[i], reads[i + 1], mapped[i + 1], text.records);
      } else {
        maker_.append(reads[i], mapped[i], text.records);
      }
    }
  }

  void write(const MapText& text) override {
    for (const io::AlignmentRecord& record : text.records.records()) output_.write(record);
  }

  void commit(const std::stop_token& stop) override { output_.commit(stop, show_progress_); }

 private:
  static io::AlignmentHeader header(const MapArguments& arguments, const MapIndex& index) {
    io::AlignmentHeader header = map::sam_header(index, arguments.read_group_line);
    header.add_program(
        {.name = "anneal", .version = std::string(base::build_info().version), .command_line = arguments.command_line});
    return header;
  }

  static io::AlignmentWriterOptions options(const MapArguments& arguments) {
    return {.format = arguments.format.value_or(io::AlignmentFormat::sam),
            .reference = arguments.cram_reference,
            .compression_level = arguments.compression_level,
            .threads = io::IoThreads(arguments.threads)};
  }

  bool paired_;
  map::SamRecords maker_;
  bool show_progress_;
  AlignmentOutput output_;
};

class PafOutput final : public MapOutput {
 public:
  PafOutput(const MapArguments& arguments, const MapIndex& index)
      : index_(index), options_(arguments.records),
        output_(arguments.output_path, io::IoThreads(arguments.threads).pool(), arguments.compression_level) {}

  void format(std::span<const io::SequenceRecord> reads, std::span<const MappedRead> mapped,
              MapText& text) const override {
    text.lines.clear();
    for (std::size_t i = 0; i < reads.size(); ++i) map::append_paf(text.lines, index_, options_, reads[i], mapped[i]);
  }

  void write(const MapText& text) override { output_.write(text.lines); }
  void commit(const std::stop_token& /*stop*/) override { output_.commit(); }

 private:
  MapIndex index_;
  map::RecordOptions options_;
  io::hts::TextOutput output_;
};

}  // namespace

std::unique_ptr<MapOutput> open_map_output(const MapArguments& arguments, const MapIndex& index) {
  if (!arguments.format) return std::make_unique<PafOutput>(arguments, index);
  return std::make_unique<SamOutput>(arguments, index);
}

}  // namespace anneal::cli
