// Random options, and the values per pair that go with them.
#pragma once

#include "anneal/align.h"
#include "support/pair_set.h"
#include "support/random.h"

namespace anneal::test {

inline constexpr Mode all_modes[] = {Mode::local, Mode::global, Mode::ends_free, Mode::extend, Mode::extend_ksw2};
inline constexpr Output all_outputs[] = {Output::score, Output::end, Output::path};

/// The subset whose bits 0 to 3 are query begin, query end, target begin and target end.
FreeEnds free_ends_of(unsigned bits);

/// Any valid options of `mode` over `alphabet`: usual, zero and absurd penalties, with and without a band; in
/// extend_ksw2 with and without a second piece of gaps.
AlignOptions random_options(Random& random, Mode mode, Alphabet alphabet);

/// Gives gaps a second piece: usual, useless and absurd ones. For Mode::global and Mode::extend_ksw2.
void add_second_gap(Random& random, AlignOptions& options);

/// Gives the pairs what `options` needs: h0 in extend; band centres, sometimes, where there is a band.
void add_pair_values(Random& random, const AlignOptions& options, PairSet& pairs);

/// "mode=local output=path ..." in one line.
std::string describe(const AlignOptions& options);

std::string_view name_of(Mode mode);
std::string_view name_of(Output output);

}  // namespace anneal::test
