#include "cli/stats_run.h"

#include <tbb/global_control.h>

#include <algorithm>
#include <memory>

#include "anneal/error.h"
#include "cli/open_hts_file.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/stats_measure.h"
#include "cli/stats_report.h"
#include "cli/temporary_output.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

class Reports {
 public:
  explicit Reports(const StatsArguments& arguments) {
    for (const std::string& path : {arguments.output_path, arguments.json_path, arguments.html_path}) {
      outputs_.push_back(path.empty() ? nullptr : std::make_unique<io::Output>(path));
    }
  }

  void write(const std::vector<FileStatistics>& files) {
    outputs_[0]->write(stats_table(files));
    if (outputs_[1] != nullptr) outputs_[1]->write(stats_json(files));
    if (outputs_[2] != nullptr) outputs_[2]->write(stats_page(files));
    for (const auto& output : outputs_) {
      if (output != nullptr) output->flush();
    }
    for (const auto& output : outputs_) {
      if (output != nullptr) output->commit();
    }
  }

 private:
  std::vector<std::unique_ptr<io::Output>> outputs_;
};

}  // namespace

void report_statistics(const StatsArguments& arguments) {
  SignalGuard signals([&arguments] {
    for (const std::string& path : {arguments.output_path, arguments.json_path, arguments.html_path}) {
      remove_temporary_output(path);
    }
  });
  if (!arguments.reference.empty()) require_input(arguments.reference);
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(arguments.threads));
  Reports reports(arguments);
  const MeasureOptions options{.reference = arguments.reference, .threads = arguments.threads};
  Progress progress(!arguments.quiet, "reads");
  std::vector<FileStatistics> files;
  files.reserve(arguments.paths.size());
  for (const std::string& path : arguments.paths) {
    files.push_back(measure_file(path, options, signals.token(), progress));
  }
  progress.clear();
  const bool has_alignments = std::ranges::any_of(files, [](const auto& file) { return file.alignments.has_value(); });
  if (!arguments.reference.empty() && !has_alignments) {
    throw Error(ErrorCode::invalid_argument, "--reference is for CRAM, and the files hold sequences; leave it out");
  }
  reports.write(files);
}

}  // namespace anneal::cli
