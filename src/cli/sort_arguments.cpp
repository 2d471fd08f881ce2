#include "cli/sort_arguments.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "base/parse_size.h"
#include "io/output_path.h"

namespace anneal::cli {
namespace {

constexpr std::size_t usual_memory = std::size_t{1} << 30, least_memory = std::size_t{1} << 20;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

std::size_t memory_of(const Values& values) {
  if (!values.given("sort-memory")) return usual_memory;
  const std::string text = values.text("sort-memory");
  const auto memory = static_cast<std::size_t>(base::parse_size(text, "--sort-memory"));
  if (memory < least_memory) refuse(fmt::format("--sort-memory {} is too little; at least 1M is needed", text));
  return memory;
}

}  // namespace

std::optional<SortArguments> sort_arguments(const Values& values) {
  if (values.given("sort")) return SortArguments{.memory = memory_of(values), .bai = values.given("bai")};
  for (const char* const key : {"sort-memory", "bai"}) {
    if (values.given(key)) refuse(fmt::format("--{} goes with --sort only; leave it out", key));
  }
  return std::nullopt;
}

std::optional<io::AlignmentIndexFormat> written_index(const SortArguments& sort, const std::string& path,
                                                      io::AlignmentFormat format) {
  const bool is_file = io::resolve_output(path).kind == io::OutputPath::replaced;
  if (sort.bai && (format != io::AlignmentFormat::bam || !is_file)) {
    refuse("--bai is the index of BAM that is a file; leave it out, or give -o FILE.bam");
  }
  if (!is_file || format == io::AlignmentFormat::sam) return std::nullopt;
  return sort.bai ? io::AlignmentIndexFormat::bai : io::AlignmentIndexFormat::csi;
}

}  // namespace anneal::cli
