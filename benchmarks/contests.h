// What is compared: one list of contestants per kind of work.
#pragma once

#include <string>
#include <vector>

#include "contest.h"

namespace anneal::bench {

/// Names of all contests, in the order in which they run.
std::vector<std::string> contest_names();

/// A contest by name. Local ones use `windows`, global ones `spans`; `backends` as in anneal_backends().
/// Throws std::invalid_argument for an unknown name.
Contest make_contest(const std::string& name, const Workload& windows, const Workload& spans,
                     const std::vector<std::string>& backends);

}  // namespace anneal::bench
