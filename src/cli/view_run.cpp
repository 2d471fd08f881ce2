#include "cli/view_run.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "anneal/error.h"
#include "cli/open_hts_file.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "cli/view_alignments.h"
#include "io/hts/alignment_reader.h"

namespace anneal::cli {

void view_file(const ViewArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_output(arguments.output); });
  for (const std::string& path : {arguments.reference, arguments.regions_file}) {
    if (!path.empty()) require_input(path);
  }
  const io::IoThreads threads(arguments.threads);
  io::hts::InputFile file = open_hts_file(arguments.input, threads);
  if (io::hts::is_alignments(file)) return view_alignments(std::move(file), arguments, threads, signals.token());
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is neither SAM nor BAM nor CRAM, which view reads", file.name()));
}

}  // namespace anneal::cli
