#include <memory>

#include "anneal/device.h"
#include "contestants.h"

namespace anneal::bench {
namespace {

std::vector<std::string> default_backends() {
  std::vector<std::string> names;
  for (const Backend& backend : backends()) {
    if (backend.available && backend.name != "scalar") names.push_back(backend.name);
  }
  return names.empty() ? std::vector<std::string>{"scalar"} : names;
}

Contestant anneal_backend(const AlignOptions& options, const std::string& name) {
  const auto aligner = std::make_shared<Aligner>(options, AlignerSettings{.backend = name, .threads = 1});
  const auto results = std::make_shared<AlignResults>();
  const auto run = [aligner, results](const Workload& workload, std::vector<Answer>& answers) {
    const auto queries = workload.queries(answers.size()), targets = workload.targets(answers.size());
    aligner->align({.queries = queries, .targets = targets}, *results);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const Alignment& found = (*results)[pair];
      answers[pair] = {found.score, found.query_end, found.target_end};
    }
  };
  return {"anneal", name, run};
}

}  // namespace

std::vector<Contestant> anneal_backends(const AlignOptions& options, const std::vector<std::string>& names) {
  std::vector<Contestant> contestants;
  for (const std::string& name : names.empty() ? default_backends() : names) {
    contestants.push_back(anneal_backend(options, name));
  }
  return contestants;
}

}  // namespace anneal::bench
