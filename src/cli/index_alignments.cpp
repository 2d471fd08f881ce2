#include "cli/index_alignments.h"

#include <fmt/core.h>

#include "cli/open_hts_file.h"
#include "cli/print.h"
#include "io/hts/alignment_reader.h"

namespace anneal::cli {

std::optional<io::AlignmentFormat> find_alignment_format(const std::string& path) {
  const io::hts::InputFile file = open_hts_file(path, {});
  if (!io::hts::is_alignments(file)) return std::nullopt;
  if (file.format().format == cram) return io::AlignmentFormat::cram;
  return file.format().format == bam ? io::AlignmentFormat::bam : io::AlignmentFormat::sam;
}

void index_alignment_file(const AlignmentIndexArguments& arguments) {
  const std::string index = io::index_alignments(arguments.input_path, {.path = arguments.output_path,
                                                                        .format = arguments.format,
                                                                        .min_shift = arguments.min_shift,
                                                                        .threads = io::IoThreads(arguments.threads)});
  if (!arguments.quiet) print_message(fmt::format("wrote '{}'", index));
}

}  // namespace anneal::cli
