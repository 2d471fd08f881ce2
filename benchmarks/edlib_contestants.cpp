#include <edlib.h>

#include "contestants.h"

namespace anneal::bench {

std::vector<Contestant> edlib_global(bool with_path) {
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers) {
    const EdlibAlignConfig config =
        edlibNewAlignConfig(-1, EDLIB_MODE_NW, with_path ? EDLIB_TASK_PATH : EDLIB_TASK_DISTANCE, nullptr, 0);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      const EdlibAlignResult found = edlibAlign(query.data(), static_cast<int>(query.size()), target.data(),
                                                static_cast<int>(target.size()), config);
      answers[pair] = {.score = -found.editDistance};
      edlibFreeAlignResult(found);
    }
  };
  return {{"edlib", with_path ? "path" : "distance", run}};
}

}  // namespace anneal::bench
