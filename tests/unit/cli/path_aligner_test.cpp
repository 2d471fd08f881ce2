#include "cli/path_aligner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "anneal/error.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

using test::thrown_by;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string_view> sequences = {"ACGTACGT"};
const PairBatch one_pair{.queries = sequences, .targets = sequences};

// Writes down which backends are opened; `failing` cannot be.
struct Opener {
  std::string failing;
  ErrorCode code = ErrorCode::device_failed;
  std::vector<std::string> opened;

  PathAligner::Maker maker() {
    return [this](const std::string& backend) {
      opened.push_back(backend);
      if (backend == failing) throw Error(code, "scripted");
      return std::make_unique<Aligner>(AlignOptions{}, AlignerSettings{.backend = "scalar", .threads = 1});
    };
  }
};

TEST(PathAligner, OpensItsBackendOnceAndForPairsOnly) {
  Opener opener;
  PathAligner paths("gpu", opener.maker());
  AlignResults results;
  paths.align(one_pair, results, {});
  EXPECT_EQ(results.size(), 1);
  paths.align({}, results, {});
  EXPECT_EQ(results.size(), 0);
  paths.align(one_pair, results, {});
  EXPECT_THAT(opener.opened, ElementsAre("gpu"));

  PathAligner idle("gpu", opener.maker());
  idle.align({}, results, {});
  EXPECT_THAT(opener.opened, ElementsAre("gpu"));
  EXPECT_THAT(idle.warning(), IsEmpty());
}

TEST(PathAligner, TakesTheCpuWhereADeviceFails) {
  Opener opener{.failing = "gpu"};
  PathAligner paths("gpu", opener.maker());
  AlignResults results;
  paths.align(one_pair, results, {});
  paths.align(one_pair, results, {});
  EXPECT_EQ(results.size(), 1);
  EXPECT_THAT(opener.opened, ElementsAre("gpu", "cpu"));
  EXPECT_THAT(paths.warning(), AllOf(HasSubstr("gpu"), HasSubstr("scripted"), HasSubstr("CPU")));
}

TEST(PathAligner, PassesOnWhatIsNoDevicesFailure) {
  Opener opener{.failing = "gpu", .code = ErrorCode::internal};
  PathAligner paths("gpu", opener.maker());
  AlignResults results;
  EXPECT_EQ(thrown_by([&] { paths.align(one_pair, results, {}); }).code, ErrorCode::internal);
  EXPECT_THAT(opener.opened, ElementsAre("gpu"));
}

}  // namespace
}  // namespace anneal::cli
