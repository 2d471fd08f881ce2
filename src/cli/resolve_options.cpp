#include "cli/resolve_options.h"

#include <fmt/format.h>

namespace anneal::cli {

ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets) {
  std::optional<Alphabet> alphabet = stated_alphabet(arguments);
  const bool sampled = !alphabet;
  if (sampled) {
    const AlphabetSample query_sample = queries.sample();
    const AlphabetSample target_sample = targets.sample();
    alphabet = query_sample.looks_like_dna() && target_sample.looks_like_dna() ? Alphabet::dna : Alphabet::protein;
  }
  return {.options = options_for(arguments, *alphabet),
          .alphabet_note = fmt::format("alphabet {}{}", *alphabet == Alphabet::dna ? "dna" : "protein",
                                       sampled ? " (from the first 1,000 records of both files)" : "")};
}

}  // namespace anneal::cli
