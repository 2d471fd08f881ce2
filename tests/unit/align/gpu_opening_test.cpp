#include "align/gpu_opening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "unit/align/fake_engine.h"

namespace anneal::align {
namespace {

using testing::HasSubstr;

class OpenGpuTest : public testing::Test {
 protected:
  void add(const std::string& name, std::function<void(AlignResults&)> after = [](AlignResults&) {}) {
    candidates_.push_back({name, [=] { return std::make_unique<FakeEngine>(name, after); }});
  }
  void add_broken(const std::string& name) {
    candidates_.push_back({name, []() -> std::unique_ptr<Engine> { throw Error(ErrorCode::device_failed, "broken"); }});
  }
  OpenedGpu open() {
    return open_gpu({.list = [this] { return candidates_; },
                     .passes_self_test = [this](const Engine& engine) { return engine.name() != failing_; },
                     .note = [this](const std::string& name, const std::string& note) { notes_[name] = note; }});
  }

  std::vector<GpuCandidate> candidates_;
  std::string failing_;
  std::map<std::string, std::string> notes_;
};

TEST_F(OpenGpuTest, FindsNone) {
  const OpenedGpu opened = open();
  EXPECT_EQ(opened.engine, nullptr);
  EXPECT_EQ(opened.why_not, "there is no GPU");
}

TEST_F(OpenGpuTest, RunsABatchOnTheFirst) {
  add("cuda");
  add("hip");
  const OpenedGpu opened = open();
  ASSERT_NE(opened.engine, nullptr);
  EXPECT_EQ(opened.engine->name(), "cuda");
  EXPECT_EQ(dynamic_cast<const FakeEngine&>(*opened.engine).calls_, 1);
  EXPECT_EQ(opened.why_not, "");
  EXPECT_GT(opened.seconds, 0);
}

TEST_F(OpenGpuTest, GoesOnWhereOneDoesNotWork) {
  add_broken("cuda");
  add("hip");
  add("metal", [](AlignResults&) { throw Error(ErrorCode::out_of_memory, "no room"); });
  failing_ = "hip";
  EXPECT_EQ(open().engine, nullptr);
  EXPECT_EQ(open().why_not, "cuda: broken; hip: it failed its self-test; metal: no room");
  EXPECT_EQ(notes_["cuda"], "not used: broken");
  EXPECT_EQ(notes_["hip"], "not used: it failed its self-test");
  failing_.clear();
  EXPECT_EQ(open().engine->name(), "hip");
}

}  // namespace
}  // namespace anneal::align
