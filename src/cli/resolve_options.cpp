#include "cli/resolve_options.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

// What the letters of an input are; nothing where it has none.
struct Sampled {
  std::optional<Alphabet> alphabet;
  const std::string& name;
};

std::string_view kind_of(Alphabet alphabet) { return alphabet == Alphabet::dna ? "DNA" : "protein"; }

Alphabet common_alphabet(const Sampled& queries, const Sampled& targets) {
  if (queries.alphabet && targets.alphabet && *queries.alphabet != *targets.alphabet) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} looks like {} and {} like {}; choose files of one kind, or give --alphabet dna or "
                            "--alphabet protein",
                            queries.name, kind_of(*queries.alphabet), targets.name, kind_of(*targets.alphabet)));
  }
  return queries.alphabet.value_or(targets.alphabet.value_or(Alphabet::dna));
}

// `sample_targets` is called only where it matters.
template <typename Sample>
ResolvedAlphabet resolve(const ScoringArguments& arguments, RecordStream& queries, const Sample& sample_targets) {
  std::optional<Alphabet> alphabet = stated_alphabet(arguments);
  const std::string_view how = alphabet ? "" : " (from the first 1,000 records of both files)";
  if (!alphabet) {
    const Sampled sampled{queries.sample().alphabet(), queries.name()};
    alphabet = common_alphabet(sampled, sample_targets());
  }
  return {.alphabet = *alphabet,
          .note = fmt::format("alphabet {}{}", *alphabet == Alphabet::dna ? "dna" : "protein", how)};
}

ResolvedOptions with_options(const AlignArguments& arguments, ResolvedAlphabet resolved) {
  return {.options = options_for(arguments, resolved.alphabet), .alphabet_note = std::move(resolved.note)};
}

}  // namespace

ResolvedAlphabet resolve_alphabet(const ScoringArguments& arguments, RecordStream& queries, DatabaseSource& database) {
  return resolve(arguments, queries, [&] { return Sampled{database.alphabet(), database.name()}; });
}

ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, RecordStream& targets) {
  return with_options(arguments, resolve(arguments.scoring, queries,
                                         [&] { return Sampled{targets.sample().alphabet(), targets.name()}; }));
}

ResolvedOptions resolve_options(const AlignArguments& arguments, RecordStream& queries, DatabaseSource& database) {
  return with_options(arguments, resolve_alphabet(arguments.scoring, queries, database));
}

}  // namespace anneal::cli
