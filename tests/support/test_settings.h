// How much the tests do, from the environment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/device.h"

namespace anneal::test {

/// ANNEAL_TEST_PAIRS: random pairs per test and mode; `usual` where that is not set.
std::size_t pairs_per_test(std::size_t usual);

/// `usual`, or ANNEAL_TEST_PAIRS where that is less: of tests that need many pairs of one kind.
std::size_t pairs_at_most(std::size_t usual);

/// ANNEAL_TEST_NIGHTLY: whether the long tests run too.
bool nightly();

/// ANNEAL_TEST_MAX_CELLS: query length * target length of the largest pair. Sanitised builds stop at 10^6.
std::int64_t max_cells();

/// A seed for a test of this name. ANNEAL_TEST_SEED, a number, gives other ones.
std::uint64_t seed_of(std::string_view test_name);

/// Names of the backends that can run here and have an alignment engine.
std::vector<std::string> available_backends();

/// ANNEAL_TEST_BACKENDS: names with commas between them, of backends that must be there; else those that can run here.
std::vector<std::string> tested_backends();

/// A backend's name as part of a test's, where no colon may be.
std::string name_for_test(std::string backend);

}  // namespace anneal::test
