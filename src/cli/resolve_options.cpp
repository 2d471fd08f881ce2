#include "cli/resolve_options.h"

#include <fmt/format.h>

#include <utility>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

Alphabet sampled_alphabet(RecordStream& queries, RecordStream& targets) {
  const AlphabetSample query = queries.sample();
  const AlphabetSample target = targets.sample();
  if (!query.empty() && !target.empty() && query.looks_like_dna() != target.looks_like_dna()) {
    const bool dna_first = query.looks_like_dna();
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} looks like {} and {} like {}; choose files of one kind, or give --alphabet dna or "
                    "--alphabet protein",
                    queries.name(), dna_first ? "DNA" : "protein", targets.name(), dna_first ? "protein" : "DNA"));
  }
  return query.looks_like_dna() && target.looks_like_dna() ? Alphabet::dna : Alphabet::protein;
}

}  // namespace

ResolvedAlphabet resolve_alphabet(const ScoringArguments& arguments, RecordStream& queries, RecordStream& targets) {
  const std::optional<Alphabet> stated = stated_alphabet(arguments);
  const Alphabet alphabet = stated ? *stated : sampled_alphabet(queries, targets);
  return {.alphabet = alphabet,
          .note = fmt::format("alphabet {}{}", alphabet == Alphabet::dna ? "dna" : "protein",
                              stated ? "" : " (from the first 1,000 records of both files)")};
}

ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets) {
  ResolvedAlphabet resolved = resolve_alphabet(arguments.scoring, queries, targets);
  return {.options = options_for(arguments, resolved.alphabet), .alphabet_note = std::move(resolved.note)};
}

}  // namespace anneal::cli
