#include "contestants.h"

namespace anneal::bench {

std::vector<Contestant> parasail_kernels(const DnaScoring&, Mode, bool) { return {}; }

}  // namespace anneal::bench
