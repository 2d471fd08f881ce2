#include <ssw.h>

#include <memory>

#include "contestants.h"

namespace anneal::bench {
namespace {

// SSW takes numbers; encoding them counts, as letters are what callers have.
void encode(const std::string& letters, std::vector<std::int8_t>& codes) {
  codes.resize(letters.size());
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const char letter = letters[at];
    codes[at] = static_cast<std::int8_t>(letter == 'A'   ? 0
                                         : letter == 'C' ? 1
                                         : letter == 'G' ? 2
                                         : letter == 'T' ? 3
                                                         : 4);
  }
}

}  // namespace

std::vector<Contestant> ssw_local(const DnaScoring& scoring, bool with_path) {
  std::vector<std::int8_t> matrix;
  for (int q = 0; q < 5; ++q) {
    for (int t = 0; t < 5; ++t) {
      matrix.push_back(static_cast<std::int8_t>(q == 4 || t == 4 ? -1 : q == t ? scoring.match : -scoring.mismatch));
    }
  }
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers) {
    std::vector<std::int8_t> query, target;
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      encode(workload.query(pair), query);
      encode(workload.target(pair), target);
      const std::unique_ptr<s_profile, void (*)(s_profile*)> profile(
          ssw_init(query.data(), static_cast<std::int32_t>(query.size()), matrix.data(), 5, 2), init_destroy);
      // SSW counts the first letter of a gap in its opening weight; flag 1 asks for the CIGAR.
      const std::unique_ptr<s_align, void (*)(s_align*)> found(
          ssw_align(profile.get(), target.data(), static_cast<std::int32_t>(target.size()),
                    static_cast<std::uint8_t>(scoring.gap_open + scoring.gap_extend),
                    static_cast<std::uint8_t>(scoring.gap_extend), with_path ? 1 : 0, 0, 0, 15),
          align_destroy);
      answers[pair] = {found->score1, found->read_end1 + 1, found->ref_end1 + 1};
    }
  };
  return {{"ssw", with_path ? "path" : "end", run}};
}

}  // namespace anneal::bench
