#include "cli/alignment_output.h"

#include <utility>

#include "anneal/error.h"
#include "cli/progress.h"
#include "cli/temporary_output.h"
#include "io/output_path.h"

namespace anneal::cli {
namespace {

io::AlignmentWriter open_writer(const std::string& path, io::AlignmentHeader header, io::AlignmentWriterOptions options,
                                const std::optional<SortArguments>& sort) {
  if (sort) {
    header.set_sorted_by_coordinate();
    if (options.header) options.index = written_index(*sort, path, options.format);
  }
  return {path, header, options};
}

}  // namespace

AlignmentOutput::AlignmentOutput(const std::string& path, io::AlignmentHeader header,
                                 io::AlignmentWriterOptions options, const std::optional<SortArguments>& sort)
    : writer_(open_writer(path, std::move(header), std::move(options), sort)) {
  if (!sort) return;
  sorter_.emplace(io::AlignmentSorterOptions{.memory = sort->memory, .folder = io::folder_of_output(path)});
}

void AlignmentOutput::write(const io::AlignmentRecord& record) {
  if (sorter_) {
    sorter_->add(record);
  } else {
    writer_.write(record);
  }
}

void AlignmentOutput::commit(const std::stop_token& stop, bool show_progress) {
  if (sorter_) {
    constexpr std::uint64_t at_once = 1024;
    Progress progress(show_progress, "sorted records");
    io::AlignmentRecord record;
    for (std::uint64_t count = 1; sorter_->next(record); ++count) {
      writer_.write(record);
      if (count % at_once != 0) continue;
      if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
      progress.add(at_once);
    }
  }
  writer_.commit();
}

std::optional<io::AlignmentFormat> format_by_name(const std::string& path) {
  if (const auto format = io::alignment_format_of(path)) return format;
  if (io::resolve_output(path).kind == io::OutputPath::replaced) return std::nullopt;
  return io::AlignmentFormat::sam;
}

void remove_temporary_alignments(const std::string& path) {
  remove_temporary_output(path);
  // Its index lies in another folder where the path is a symbolic link.
  remove_temporary_output(path + ".csi");
}

}  // namespace anneal::cli
