#include "search/self_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "search/aligner_engine.h"
#include "unit/io/thrown.h"
#include "unit/search/fake_engine.h"

namespace anneal::search {
namespace {

using test::failing_at;
using testing::AllOf;
using testing::HasSubstr;

const SubstitutionMatrix& blosum62() {
  static const SubstitutionMatrix matrix = SubstitutionMatrix::builtin("BLOSUM62");
  return matrix;
}

// Changes what another engine finds.
class ChangedEngine final : public Engine {
 public:
  using Change = std::function<void(test::Hits&)>;

  ChangedEngine(std::unique_ptr<Engine> engine, Change change)
      : engine_(std::move(engine)), change_(std::move(change)) {}

  const std::string& name() const override { return engine_->name(); }
  void load(std::span<const std::string_view> targets) override { engine_->load(targets); }
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            test::Hits& hits, const RunControl& control) override {
    engine_->find(queries, least, top, hits, control);
    change_(hits);
  }

 private:
  std::unique_ptr<Engine> engine_;
  Change change_;
};

std::string failure_of(const ChangedEngine::Change& change) {
  ChangedEngine engine(test::engine_of(test::fake_device()), change);
  const auto trusted = test::engine_of(test::fake_device("trusted"));
  return self_test_failure(engine, *trusted, blosum62());
}

TEST(SearchSelfTest, PassesWhatFindsTheSame) {
  EXPECT_EQ(failure_of([](test::Hits&) {}), "");
}

TEST(SearchSelfTest, NamesTheQueryWhoseHitsDiffer) {
  EXPECT_THAT(failure_of([](test::Hits& hits) { hits.back().front().score += 1; }),
              AllOf(HasSubstr("query 4"), HasSubstr("trusted")));
  EXPECT_THAT(failure_of([](test::Hits& hits) { hits.front().pop_back(); }), HasSubstr("query 1"));
  EXPECT_THAT(failure_of([](test::Hits& hits) { std::swap(hits.front()[0], hits.front()[1]); }), HasSubstr("query 1"));
  const auto only_of_one = [](test::Hits& hits) {
    if (hits.size() == 1) hits[0].pop_back();
  };
  EXPECT_THAT(failure_of(only_of_one), HasSubstr("lone query"));
}

TEST(SearchSelfTest, LeavesNoTargetsBehind) {
  const auto device = test::fake_device();
  const auto engine = test::engine_of(device);
  self_test_failure(*engine, *test::engine_of(test::fake_device()), blosum62());
  EXPECT_EQ(device->loaded, 0);
}

TEST(SearchSelfTest, PassesOnWhatTheEngineThrows) {
  const auto device = test::fake_device();
  device->on_find = failing_at(2, ErrorCode::device_failed);
  const auto engine = test::engine_of(device);
  const auto trusted = test::engine_of(test::fake_device());
  EXPECT_EQ(test::thrown_by([&] { self_test_failure(*engine, *trusted, blosum62()); }).code, ErrorCode::device_failed);
}

TEST(SearchSelfTest, HasScoresThatEightBitsDoNotHold) {
  for (const SubstitutionMatrix& matrix : {blosum62(), SubstitutionMatrix::match_mismatch(1, 4)}) {
    const auto engine_by = [&](const std::string& backend) {
      const AlignOptions options{.output = Output::score, .matrix = matrix, .gap_open = 6, .gap_extend = 1};
      return std::make_unique<AlignerEngine>(
          std::make_unique<Aligner>(options, AlignerSettings{.backend = backend, .threads = 1}));
    };
    std::int32_t most = 0;
    ChangedEngine engine(engine_by("cpu"), [&](test::Hits& hits) {
      for (const std::vector<Hit>& of_query : hits) most = std::max(most, of_query.at(0).score);
    });
    EXPECT_EQ(self_test_failure(engine, *engine_by("scalar"), matrix), "");
    EXPECT_GT(most, 255) << matrix.name();
  }
}

}  // namespace
}  // namespace anneal::search
