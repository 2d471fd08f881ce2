#include "contestants.h"

namespace anneal::bench {

std::vector<Contestant> ssw_local(const DnaScoring&, bool) { return {}; }

}  // namespace anneal::bench
