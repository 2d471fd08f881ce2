#include <ssw.h>

#include <memory>

#include "peers/codes.h"
#include "peers/peers.h"

namespace anneal::bench {

std::vector<Contestant> ssw(const AlignOptions& options) {
  if (options.mode != Mode::local) return {};
  const bool with_path = options.output == Output::path;
  const std::vector<std::int8_t> scores = flat_scores(options.matrix);
  const auto signed_codes = [](const std::vector<std::uint8_t>& codes) {
    return reinterpret_cast<const std::int8_t*>(codes.data());
  };
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    std::vector<std::uint8_t> query, target;
    std::unique_ptr<s_profile, void (*)(s_profile*)> profile(nullptr, init_destroy);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      if (pair == 0 || &workload.query(pair) != &workload.query(pair - 1)) {
        encode(workload.query(pair), options.matrix, query);
        profile.reset(ssw_init(signed_codes(query), static_cast<std::int32_t>(query.size()), scores.data(),
                               options.matrix.size(), 2));
      }
      encode(workload.target(pair), options.matrix, target);
      // SSW counts the first letter of a gap in its opening weight; flag 1 asks for the CIGAR.
      const std::unique_ptr<s_align, void (*)(s_align*)> found(
          ssw_align(profile.get(), signed_codes(target), static_cast<std::int32_t>(target.size()),
                    static_cast<std::uint8_t>(options.gap_open + options.gap_extend),
                    static_cast<std::uint8_t>(options.gap_extend), with_path ? 1 : 0, 0, 0, 15),
          align_destroy);
      answers[pair] = {found->score1, found->read_end1 + 1, found->ref_end1 + 1};
      if (!with_path || paths == Paths::discard) continue;
      answers[pair].query_begin = found->read_begin1;
      answers[pair].target_begin = found->ref_begin1;
      answers[pair].path = from_bam(found->cigar, found->cigarLen);
    }
  };
  return {{"ssw", with_path ? "path" : "end", run}};
}

}  // namespace anneal::bench
