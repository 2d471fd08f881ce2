#include "anneal/search.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "align/batch.h"
#include "align/encoder.h"
#include "align/reverse_complement.h"
#include "base/cpu.h"
#include "search/encoded_sequences.h"
#include "search/engines.h"
#include "search/top_hits.h"

namespace anneal {
namespace search {
namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::invalid_argument, message); }

void check_some(std::span<const std::string_view> queries) {
  if (queries.empty()) refuse("there is no query; give at least one");
}

AlignOptions score_options(const SearchOptions& options) {
  return {.mode = Mode::local,
          .output = Output::score,
          .matrix = options.matrix,
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend};
}

// The strands that are searched, neighbours of one query.
class Strands {
 public:
  Strands() = default;
  Strands(std::span<const std::string_view> queries, Strand strand) : per_query_(strand == Strand::both ? 2 : 1) {
    for (const std::string_view query : queries) {
      if (strand != Strand::reverse) add(query, false);
      if (strand != Strand::forward) add(query, true);
    }
  }

  std::size_t per_query() const { return per_query_; }
  bool is_reverse(std::size_t index) const { return reverse_[index]; }
  std::vector<std::string_view> letters() const { return {letters_.begin(), letters_.end()}; }

 private:
  void add(std::string_view query, bool reverse) {
    std::string& letters = letters_.emplace_back(query);
    if (reverse) align::reverse_complement(query, letters.data());
    reverse_.push_back(reverse);
  }

  std::size_t per_query_ = 1;
  std::vector<std::string> letters_;
  std::vector<bool> reverse_;
};

}  // namespace

struct SearchCore {
  SearchCore(const SearchOptions& asked, const AlignerSettings& settings)
      : options(asked), aligning(score_options(asked)), engine(make_engine(aligning, settings)),
        threads(settings.threads > 0 ? settings.threads : base::usable_processors()),
        encoder(asked.matrix, Letters::ascii) {}

  void begin(std::span<const std::string_view> queries) {
    Strands other_strands(queries, options.strand);
    EncodedSequences other_codes;
    encode(other_codes, other_strands.letters(), Side::query, queries);
    strands = std::move(other_strands);
    query_codes = std::move(other_codes);
    best.assign(queries.size(), TopHits(options.top, options.min_score));
    targets = target_letters = 0;
  }

  void add(std::span<const std::string_view> part, const RunControl& control) {
    encode(target_codes, part, Side::target, part);
    check_bound();
    const std::span<const std::string_view> strand_codes = query_codes.views();
    std::vector<std::int32_t> least;
    least.reserve(strand_codes.size());
    for (std::size_t i = 0; i < strand_codes.size(); ++i) {
      least.push_back(best[i / strands.per_query()].least_score());
    }
    engine->load(target_codes.views());
    find(strand_codes, least, control);
    for (std::size_t query = 0; query < best.size(); ++query) take(query);
    targets += part.size();
    target_letters += target_codes.letters();
  }

  SearchOptions options;
  AlignOptions aligning;  // local scores
  std::unique_ptr<Engine> engine;
  device::cpu::Queue threads;
  align::Encoder encoder;
  Strands strands;
  std::vector<TopHits> best;  // by query
  EncodedSequences query_codes;
  EncodedSequences target_codes;
  std::vector<std::vector<Hit>> found;  // by strand
  std::uint64_t targets = 0;
  std::uint64_t target_letters = 0;

 private:
  // An engine that aligns speaks of pairs.
  void find(std::span<const std::string_view> strand_codes, std::span<const std::int32_t> least,
            const RunControl& control) try {
    engine->find(strand_codes, least, options.top, found, control);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled) throw;
    throw Error(ErrorCode::cancelled, "the search was cancelled");
  }

  // `named` are the sequences that an error speaks of: a query, not its reverse complement.
  void encode(EncodedSequences& codes, std::span<const std::string_view> letters, Side side,
              std::span<const std::string_view> named) {
    const auto invalid = codes.assign(letters, encoder, threads);
    if (!invalid) return;
    const std::size_t record = invalid->sequence * named.size() / letters.size();
    // The reverse complement leaves other bytes as they are.
    std::size_t position = 0;
    while (options.matrix.code(static_cast<unsigned char>(named[record][position])) !=
           SubstitutionMatrix::invalid_code) {
      ++position;
    }
    const std::string_view nothing;
    const std::span<const std::string_view> other(&nothing, 1);
    const PairBatch pairs = side == Side::query ? PairBatch{.queries = named, .targets = other}
                                                : PairBatch{.queries = other, .targets = named};
    throw align::letter_error(align::Batch(pairs, aligning), options.matrix, side, record, position);
  }

  // An engine need not look at how much a pair may score.
  void check_bound() const {
    const auto longer = [](std::string_view a, std::string_view b) { return a.size() < b.size(); };
    const std::span<const std::string_view> views = target_codes.views();
    const std::span<const std::string_view> query_views = query_codes.views();
    if (views.empty()) return;
    const auto longest = std::ranges::max_element(views, longer);
    const auto query = std::ranges::max_element(query_views, longer);
    align::Batch({.queries = {&*query, 1}, .targets = {&*longest, 1}, .letters = Letters::encoded}, aligning);
  }

  void take(std::size_t query) {
    std::vector<StrandHits> hits;
    for (std::size_t i = query * strands.per_query(); i < (query + 1) * strands.per_query(); ++i) {
      hits.push_back({found[i], strands.is_reverse(i)});
    }
    best[query].add(targets, hits);
  }
};

}  // namespace search

void validate(const SearchOptions& options) {
  validate(search::score_options(options));
  if (options.top < 1) search::refuse("top is 0; it must be at least 1");
  if (options.min_score < 1) search::refuse(fmt::format("min_score is {}; it must be at least 1", options.min_score));
  if (options.strand != Strand::forward && options.matrix.alphabet() != Alphabet::dna) {
    search::refuse(fmt::format("matrix {} is for protein, which has no reverse complement; use Strand::forward",
                               options.matrix.name()));
  }
}

Search::Search(const SearchOptions& options, std::span<const std::string_view> queries,
               const AlignerSettings& settings) {
  validate(options);
  search::check_some(queries);
  core_ = std::make_unique<search::SearchCore>(options, settings);
  core_->begin(queries);
}

Search::~Search() = default;
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;

void Search::add(std::span<const std::string_view> targets, const RunControl& control) { core_->add(targets, control); }

void Search::restart(std::span<const std::string_view> queries) {
  search::check_some(queries);
  core_->begin(queries);
}

void Search::resume(std::uint64_t targets, std::uint64_t letters, std::span<const std::span<const SearchHit>> hits) {
  if (core_->targets != 0) search::refuse("a search can be resumed only before it has begun");
  if (hits.size() != queries()) {
    search::refuse(fmt::format("hits are of {} queries; the search has {}", hits.size(), queries()));
  }
  std::vector<search::TopHits> best = core_->best;
  for (std::size_t query = 0; query < hits.size(); ++query) {
    if (!best[query].restore(hits[query], targets)) {
      search::refuse(fmt::format("query {}: these cannot be its hits in {} sequences", query + 1, targets));
    }
  }
  core_->best = std::move(best);
  core_->targets = targets;
  core_->target_letters = letters;
}

std::span<const SearchHit> Search::hits(std::size_t query) const { return core_->best[query].hits(); }
std::size_t Search::queries() const { return core_->best.size(); }
std::uint64_t Search::targets() const { return core_->targets; }
std::uint64_t Search::letters() const { return core_->target_letters; }
std::uint64_t Search::cells_of(std::span<const std::string_view> targets) const {
  std::uint64_t letters = 0;
  for (const std::string_view target : targets) letters += target.size();
  return letters * core_->query_codes.letters();
}
const std::string& Search::engine() const { return core_->engine->name(); }
std::string Search::warning() const { return core_->engine->warning(); }

}  // namespace anneal
