#include <edlib.h>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {
namespace {

std::vector<CigarOp> path_of(const EdlibAlignResult& found) {
  constexpr CigarOp::Code codes[] = {CigarOp::equal, CigarOp::insertion, CigarOp::deletion, CigarOp::mismatch};
  std::vector<CigarOp> path;
  for (int letter = 0; letter < found.alignmentLength; ++letter) append(path, codes[found.alignment[letter]]);
  return path;
}

}  // namespace

std::vector<Contestant> edlib(const AlignOptions& options) {
  if (options.mode != Mode::global || options.band >= 0 || !has_unit_costs(options)) return {};
  const bool with_path = options.output == Output::path;
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    const EdlibAlignConfig config =
        edlibNewAlignConfig(-1, EDLIB_MODE_NW, with_path ? EDLIB_TASK_PATH : EDLIB_TASK_DISTANCE, nullptr, 0);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      const std::string &query = workload.query(pair), &target = workload.target(pair);
      const EdlibAlignResult found = edlibAlign(query.data(), static_cast<int>(query.size()), target.data(),
                                                static_cast<int>(target.size()), config);
      answers[pair] = {.score = -found.editDistance};
      if (with_path && paths == Paths::keep) answers[pair].path = path_of(found);
      edlibFreeAlignResult(found);
    }
  };
  return {{"edlib", with_path ? "path" : "distance", run}};
}

}  // namespace anneal::bench
