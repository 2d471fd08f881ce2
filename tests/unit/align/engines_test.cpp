#include "align/engines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "align/auto_engine.h"
#include "anneal/device.h"
#include "base/text.h"
#include "support/test_settings.h"
#include "unit/io/thrown.h"

namespace anneal::align {
namespace {

using testing::HasSubstr;

constexpr EngineResources resources{.threads = 1, .memory = Aligner::min_memory};

TEST(MakeEngine, MakesEveryAvailableBackend) {
  for (const std::string& backend : test::tested_backends()) {
    const auto engine = make_engine(backend, resources);
    EXPECT_EQ(engine->name(), backend);
    EXPECT_TRUE(engine->is_available());
    EXPECT_TRUE(engine->supports(AlignOptions()));
    EXPECT_LE(engine->min_batch(), engine->max_batch());
    engine->synchronize();
    EXPECT_EQ(make_engine(base::to_upper(backend), resources)->name(), backend) << "in any case";
  }
}

TEST(MakeEngine, TakesAliases) {
  for (const Backend& backend : backends()) {
    if (!std::ranges::count(test::available_backends(), backend.name)) continue;
    for (const std::string& alias : backend.aliases) EXPECT_EQ(make_engine(alias, resources)->name(), backend.name);
  }
}

TEST(MakeEngine, AutoHasTheBestForTheCpu) {
  for (const char* const name : {"auto", "AUTO"}) EXPECT_EQ(make_engine(name, resources)->name(), "auto");
  EXPECT_EQ(make_auto_engine(resources)->cpu().name(), make_engine("cpu", resources)->name());
}

TEST(MakeEngine, RefusesUnknownNames) {
  for (const char* const name : {"abacus", "", "avx2 ", "avx2\n"}) {
    const auto thrown = test::thrown_by([&] { make_engine(name, resources); });
    EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
    EXPECT_THAT(thrown.line, HasSubstr("unknown backend " + base::quote(name)));
    EXPECT_THAT(thrown.line, HasSubstr("scalar"));
  }
}

TEST(MakeEngine, RefusesUnavailableBackends) {
  for (const Backend& backend : backends()) {
    if (backend.available) continue;
    const auto thrown = test::thrown_by([&] { make_engine(backend.name, resources); });
    EXPECT_EQ(thrown.code, ErrorCode::unavailable);
    EXPECT_THAT(thrown.line, HasSubstr(backend.reason));
  }
}

}  // namespace
}  // namespace anneal::align
