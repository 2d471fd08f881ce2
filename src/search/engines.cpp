#include "search/engines.h"

#include "search/aligner_engine.h"

namespace anneal::search {

std::unique_ptr<Engine> make_engine(const Aligner& scores) { return std::make_unique<AlignerEngine>(scores); }

}  // namespace anneal::search
