// Turns a mismatch between two backends into the smallest one that still shows it.
#pragma once

#include <string>

#include "anneal/align.h"
#include "support/pair_set.h"

namespace anneal::test {

/// What the two aligners (of equal options) return for `pair`, alone and with as few letters as still differ;
/// where the pair alone does not differ, the whole batch is described.
std::string reproducer(const Aligner& expected, const Aligner& actual, PairSet& pairs, std::size_t pair);

}  // namespace anneal::test
