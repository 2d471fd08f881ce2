#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "anneal/device.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

std::vector<std::string> default_backends() {
  std::vector<std::string> names;
  for (const Backend& backend : backends()) {
    if (backend.available && backend.name != "scalar") names.push_back(backend.name);
  }
  return names.empty() ? std::vector<std::string>{"scalar"} : names;
}

void write_answer(const AlignResults& results, std::size_t pair, Paths paths, Answer& answer) {
  const Alignment& found = results[pair];
  answer.score = found.score;
  answer.query_end = found.query_end;
  answer.target_end = found.target_end;
  if (!results.extensions.empty()) answer.extension = results.extensions[pair];
  if (paths == Paths::keep) {
    answer.query_begin = found.query_begin;
    answer.target_begin = found.target_begin;
    answer.path.assign(results.cigar(pair).begin(), results.cigar(pair).end());
  }
}

void add(KernelWork& work, const AlignResults& run) {
  work.cells += run.cells;
  work.cells_computed += run.cells_computed;
  work.seconds += run.kernel_seconds;
}

constexpr std::size_t whole_batch = static_cast<std::size_t>(-1);

Contestant anneal_backend(const AlignOptions& options, const std::string& backend, std::size_t batch) {
  const auto aligner = std::make_shared<Aligner>(options, AlignerSettings{.backend = backend, .threads = 1});
  const auto results = std::make_shared<AlignResults>();
  const auto work = std::make_shared<KernelWork>();
  const bool extend = options.mode == Mode::extend;
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    for (std::size_t first = 0; first < answers.size();) {
      const std::size_t count = std::min(batch, answers.size() - first);
      aligner->align({.queries = workload.queries().subspan(first, count),
                      .targets = workload.targets().subspan(first, count),
                      .h0 = workload.h0().subspan(first, extend ? count : 0)},
                     *results);
      add(*work, *results);
      for (std::size_t pair = 0; pair < count; ++pair) write_answer(*results, pair, paths, answers[first + pair]);
      first += count;
    }
  };
  const std::string& engine = aligner->engine();
  return {"anneal", batch == whole_batch ? engine : fmt::format("{}, {} per call", engine, batch), run, {}, work};
}

}  // namespace

std::vector<Contestant> anneal_backends(const AlignOptions& options, const std::vector<std::string>& names) {
  std::vector<Contestant> contestants;
  for (const std::string& name : names.empty() ? default_backends() : names) {
    contestants.push_back(anneal_backend(options, name, whole_batch));
  }
  return contestants;
}

std::vector<Contestant> anneal_small_batches(const AlignOptions& options, const std::vector<std::string>& names) {
  std::vector<Contestant> contestants;
  for (const std::string& name : names.empty() ? std::vector<std::string>{"auto"} : names) {
    for (const std::size_t batch : {1, 16, 64}) contestants.push_back(anneal_backend(options, name, batch));
  }
  return contestants;
}

}  // namespace anneal::bench
