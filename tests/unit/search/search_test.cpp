#include "anneal/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::Random;
using test::thrown_by;
using testing::HasSubstr;

using Sequences = std::vector<std::string>;
using HitList = std::vector<SearchHit>;

std::vector<std::string_view> views_of(const Sequences& sequences) { return {sequences.begin(), sequences.end()}; }

std::string reversed(const std::string& dna) {
  const std::map<char, char> complement = {{'A', 'T'}, {'C', 'G'}, {'G', 'C'}, {'T', 'A'}};
  std::string result(dna.rbegin(), dna.rend());
  for (char& letter : result) {
    const auto found = complement.find(letter);
    if (found != complement.end()) letter = found->second;
  }
  return result;
}

std::vector<std::int32_t> scores_of(const std::string& query, const Sequences& targets, const SearchOptions& options) {
  const Aligner aligner({.output = Output::score,
                         .matrix = options.matrix,
                         .gap_open = options.gap_open,
                         .gap_extend = options.gap_extend},
                        {.backend = "scalar", .threads = 1});
  const std::string_view queries[] = {query};
  std::vector<std::int32_t> scores;
  for (const Alignment& alignment : aligner.align({.queries = queries, .targets = views_of(targets)}).alignments) {
    scores.push_back(alignment.score);
  }
  return scores;
}

// Every score by the scalar engine, all sorted.
HitList all_hits(const std::string& query, const Sequences& targets, const SearchOptions& options) {
  const std::vector<std::int32_t> forward = scores_of(query, targets, options);
  const std::vector<std::int32_t> reverse = scores_of(reversed(query), targets, options);
  HitList hits;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::int32_t one = options.strand == Strand::reverse ? 0 : forward[i];
    const std::int32_t other = options.strand == Strand::forward ? 0 : reverse[i];
    const std::int32_t score = std::max(one, other);
    if (score >= options.min_score) hits.push_back({i, score, one < score});
  }
  std::ranges::sort(hits, {}, [](const SearchHit& hit) { return std::tuple(-hit.score, hit.target); });
  if (hits.size() > options.top) hits.resize(options.top);
  return hits;
}

struct Sample {
  Sequences queries;
  Sequences targets;
};

// Relatives of the queries on either strand among strangers, some of them twice.
Sample sample_of(Random& random, Alphabet alphabet, int queries, int targets) {
  Sample sample;
  for (int i = 0; i < queries; ++i) {
    sample.queries.push_back(test::random_sequence(random, alphabet, random.between(1, 90)));
  }
  for (int i = 0; i < targets; ++i) {
    std::string target = test::random_sequence(random, alphabet, random.between(0, 60));
    if (random.chance(0.3)) target += test::mutate(random, alphabet, random.pick(sample.queries), 0.2);
    if (alphabet == Alphabet::dna && random.chance(0.5)) target = reversed(target);
    if (!sample.targets.empty() && random.chance(0.1)) target = random.pick(sample.targets);
    sample.targets.push_back(target);
  }
  return sample;
}

// The database in parts of random size.
void add_in_parts(Search& search, const Sequences& targets, Random& random) {
  const std::vector<std::string_view> views = views_of(targets);
  for (std::size_t begin = 0; begin < views.size();) {
    const std::size_t count = std::min<std::size_t>(views.size() - begin, random.below(30));
    search.add(std::span(views).subspan(begin, count));
    begin += count;
  }
}

void expect_all_found(const Search& search, const Sample& sample, const SearchOptions& options) {
  ASSERT_EQ(search.queries(), sample.queries.size());
  for (std::size_t query = 0; query < sample.queries.size(); ++query) {
    const std::span<const SearchHit> hits = search.hits(query);
    EXPECT_EQ(HitList(hits.begin(), hits.end()), all_hits(sample.queries[query], sample.targets, options))
        << "query " << query;
  }
}

TEST(Search, FindsWhatScoringEveryPairFinds) {
  Random random(test::seed_of("Search"));
  for (const std::string& backend : test::available_backends()) {
    for (const Strand strand : {Strand::forward, Strand::reverse, Strand::both}) {
      for (const std::size_t top : {1, 3, 1000}) {
        const Alphabet alphabet = strand == Strand::forward && top != 3 ? Alphabet::protein : Alphabet::dna;
        SearchOptions options{.top = top, .min_score = random.between(1, 20), .strand = strand};
        if (alphabet == Alphabet::dna) {
          options.matrix = SubstitutionMatrix::match_mismatch(2, 3);
          options.gap_open = 5;
          options.gap_extend = 2;
        }
        const Sample sample = sample_of(random, alphabet, 4, 80);
        Search search(options, views_of(sample.queries), {.backend = backend, .threads = 2});
        add_in_parts(search, sample.targets, random);
        SCOPED_TRACE(backend + ", top " + std::to_string(top));
        expect_all_found(search, sample, options);
      }
    }
  }
}

TEST(Search, CountsWhatItSearched) {
  const std::vector<std::string_view> queries = {"ACGT", "AC"};
  Search search({.matrix = SubstitutionMatrix::match_mismatch(1, 4), .strand = Strand::both}, queries);
  const std::vector<std::string_view> targets = {"", "ACG", "TTTTT"};
  search.add(targets);
  search.add({});
  search.add(targets);
  EXPECT_EQ(search.targets(), 6);
  EXPECT_EQ(search.letters(), 16);
  EXPECT_EQ(search.cells_of(targets), 2 * (4 + 2) * 8);
}

TEST(Search, GoesOnWhereAnotherStopped) {
  Random random(test::seed_of("GoesOn"));
  const Sample sample = sample_of(random, Alphabet::protein, 3, 60);
  const SearchOptions options{.top = 5};
  const std::vector<std::string_view> targets = views_of(sample.targets);
  for (const std::size_t stop : {0, 1, 31, 60}) {
    Search first(options, views_of(sample.queries));
    first.add(std::span(targets).first(stop));
    std::vector<std::span<const SearchHit>> hits;
    hits.reserve(3);
    for (std::size_t query = 0; query < 3; ++query) hits.push_back(first.hits(query));
    Search second(options, views_of(sample.queries));
    second.resume(first.targets(), first.letters(), hits);
    second.add(std::span(targets).subspan(stop));
    expect_all_found(second, sample, options);
    EXPECT_EQ(second.targets(), 60);
  }
}

TEST(Search, RestartsWithOtherQueries) {
  Random random(test::seed_of("Restart"));
  for (const std::string& backend : test::available_backends()) {
    const SearchOptions options{.matrix = SubstitutionMatrix::match_mismatch(1, 4), .top = 4, .strand = Strand::both};
    Sample sample = sample_of(random, Alphabet::dna, 3, 50);
    Search search(options, views_of(sample.queries), {.backend = backend, .threads = 2});
    const std::string* const engine = &search.engine();
    add_in_parts(search, sample.targets, random);
    for (const int queries : {5, 1}) {
      sample = sample_of(random, Alphabet::dna, queries, 40);
      search.restart(views_of(sample.queries));
      EXPECT_EQ(search.targets(), 0);
      EXPECT_EQ(search.letters(), 0);
      EXPECT_TRUE(search.hits(0).empty());
      add_in_parts(search, sample.targets, random);
      expect_all_found(search, sample, options);
    }
    EXPECT_EQ(&search.engine(), engine) << backend << ": another engine";
  }
}

TEST(Search, GoesOnAfterARestart) {
  Random random(test::seed_of("GoesOnAfterARestart"));
  const Sample sample = sample_of(random, Alphabet::protein, 2, 40);
  const SearchOptions options{.top = 5};
  const std::vector<std::string_view> targets = views_of(sample.targets);
  Search first(options, views_of(sample.queries));
  first.add(std::span(targets).first(20));
  const std::span<const SearchHit> hits[] = {first.hits(0), first.hits(1)};
  const std::vector<std::string_view> others = {"ARND"};
  Search second(options, others);
  second.add(targets);
  second.restart(views_of(sample.queries));
  second.resume(first.targets(), first.letters(), hits);
  second.add(std::span(targets).subspan(20));
  expect_all_found(second, sample, options);
}

TEST(Search, IsAsItWasWhereItCannotRestart) {
  Random random(test::seed_of("CannotRestart"));
  const Sample sample = sample_of(random, Alphabet::protein, 2, 30);
  Search search({}, views_of(sample.queries));
  search.add(views_of(sample.targets));
  const std::vector<std::string_view> bad = {"ARND", "AR!D"};
  EXPECT_THROW(search.restart(bad), LetterError);
  EXPECT_EQ(thrown_by([&] { search.restart({}); }).line, "there is no query; give at least one");
  EXPECT_EQ(search.targets(), 30);
  expect_all_found(search, sample, {});
}

TEST(Search, RefusesToGoOnFromWhatCannotBe) {
  const std::vector<std::string_view> queries = {"ARND"};
  const HitList sorted = {{0, 9, false}, {1, 8, false}};
  const auto refusal = [&](const HitList& hits, std::uint64_t targets) {
    Search search({.top = 2, .min_score = 5}, queries);
    const std::span<const SearchHit> all[] = {hits};
    return thrown_by([&] { search.resume(targets, 100, all); }).line;
  };
  EXPECT_THAT(refusal(sorted, 1), HasSubstr("query 1"));
  EXPECT_THAT(refusal({sorted[1], sorted[0]}, 2), HasSubstr("query 1"));
  EXPECT_THAT(refusal({{0, 9, false}, {1, 8, false}, {2, 8, false}}, 3), HasSubstr("query 1"));
  EXPECT_THAT(refusal({{0, 4, false}}, 3), HasSubstr("query 1"));
}

TEST(Search, IsAsItWasWhereItCannotGoOn) {
  const std::vector<std::string_view> queries = {"ARND", "CQEG"};
  Search search({}, queries);
  const HitList possible = {{0, 9, false}};
  const HitList impossible = {{7, 9, false}};
  const std::span<const SearchHit> all[] = {possible, impossible};
  EXPECT_EQ(thrown_by([&] { search.resume(3, 12, all); }).code, ErrorCode::invalid_argument);
  EXPECT_TRUE(search.hits(0).empty());
  EXPECT_EQ(search.targets(), 0);
}

TEST(Search, KeepsAllHitsWhereTopHasNoEnd) {
  Random random(test::seed_of("AllHits"));
  const Sample sample = sample_of(random, Alphabet::protein, 2, 60);
  const std::size_t largest = std::numeric_limits<std::size_t>::max();
  for (const std::size_t top : {largest, largest / 2 + 1, largest / 2}) {
    const SearchOptions options{.top = top};
    Search search(options, views_of(sample.queries));
    add_in_parts(search, sample.targets, random);
    expect_all_found(search, sample, options);
  }
}

TEST(Search, NamesWhatIsNoLetter) {
  const auto dna = SubstitutionMatrix::match_mismatch(1, 4);
  const std::vector<std::string_view> bad = {"ACGT", "AC-T"};
  for (const Strand strand : {Strand::forward, Strand::reverse, Strand::both}) {
    try {
      Search search({.matrix = dna, .strand = strand}, bad);
      FAIL();
    } catch (const LetterError& error) {
      EXPECT_EQ(error.side(), Side::query);
      EXPECT_EQ(error.record(), 1);
      EXPECT_EQ(error.position(), 2);
    }
  }
  const std::vector<std::string_view> good = {"ACGT"};
  Search search({.matrix = dna}, good);
  try {
    search.add(bad);
    FAIL();
  } catch (const LetterError& error) {
    EXPECT_EQ(error.side(), Side::target);
    EXPECT_EQ(error.record(), 1);
    EXPECT_EQ(error.position(), 2);
  }
  EXPECT_EQ(search.targets(), 0);
  search.add(good);
  EXPECT_EQ(search.hits(0).size(), 1);
}

TEST(Search, ChecksItsOptions) {
  const std::vector<std::string_view> queries = {"ACGT"};
  const auto line = [&](const SearchOptions& options) { return thrown_by([&] { Search(options, queries); }).line; };
  EXPECT_EQ(line({.top = 0}), "top is 0; it must be at least 1");
  EXPECT_EQ(line({.min_score = 0}), "min_score is 0; it must be at least 1");
  EXPECT_EQ(line({.gap_open = -1}), "gap_open is -1; it must be 0 to 32767");
  EXPECT_THAT(line({.strand = Strand::both}), HasSubstr("protein"));
  EXPECT_EQ(thrown_by([] { Search({}, {}); }).line, "there is no query; give at least one");
}

TEST(Search, StopsWhenAsked) {
  const std::vector<std::string_view> queries = {"ARND"};
  Search search({}, queries);
  std::stop_source stop;
  stop.request_stop();
  const test::Thrown thrown = thrown_by([&] { search.add(queries, {.stop = stop.get_token()}); });
  EXPECT_EQ(thrown.code, ErrorCode::cancelled);
  EXPECT_EQ(thrown.line, "the search was cancelled");
  EXPECT_EQ(search.targets(), 0);
}

}  // namespace
}  // namespace anneal
