#include "peers/peers.h"

namespace anneal::bench {

std::vector<Contestant> all_peers(const AlignOptions& options) {
  std::vector<Contestant> contestants;
  [[maybe_unused]] const auto add = [&](const std::vector<Contestant>& more) {
    contestants.insert(contestants.end(), more.begin(), more.end());
  };
#if ANNEAL_HAVE_KSW2
  add(ksw2(options));
#endif
  // Nobody else extends like that, or has both pieces at these prices.
  if (options.mode == Mode::extend_ksw2 || options.second_gap) return contestants;
#if ANNEAL_HAVE_PARASAIL
  add(parasail(options));
#endif
#if ANNEAL_HAVE_SSW
  add(ssw(options));
#endif
#if ANNEAL_HAVE_BWA
  add(bwa(options));
#endif
#if ANNEAL_HAVE_WFA2
  add(wfa2(options));
#endif
#if ANNEAL_HAVE_EDLIB
  add(edlib(options));
#endif
  return contestants;
}

}  // namespace anneal::bench
