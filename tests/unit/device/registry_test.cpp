#include "device/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "anneal/error.h"

namespace anneal::device {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Registry, NamesAndAliasesAreUnique) {
  std::set<std::string> names;
  for (const Backend& backend : backends()) {
    EXPECT_TRUE(names.insert(backend.name).second) << backend.name;
    for (const std::string& alias : backend.aliases) EXPECT_TRUE(names.insert(alias).second) << alias;
  }
  EXPECT_TRUE(names.contains("scalar"));
  EXPECT_TRUE(names.contains("cpu"));
}

TEST(Registry, FindsWhatIsAvailableByNameAndAlias) {
  for (const Backend& backend : backends()) {
    if (!backend.available) continue;
    EXPECT_EQ(find_backend(backend.name).name, backend.name);
    for (const std::string& alias : backend.aliases) EXPECT_EQ(find_backend(alias).name, backend.name);
  }
  EXPECT_EQ(find_backend("SCALAR").name, "scalar");
}

TEST(Registry, CpuIsTheBestAvailable) {
  const auto all = backends();
  EXPECT_EQ(find_backend("cpu").name, std::ranges::find_if(all, [](const Backend& backend) {
                                        return backend.kind == "cpu" && backend.available;
                                      })->name);
}

TEST(Registry, RefusesUnknownNamesAndListsTheKnown) {
  for (const char* name : {"", "mmx", "avx", "cpu "}) {
    try {
      find_backend(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
      EXPECT_THAT(error.what(), AllOf(HasSubstr(std::string("'") + name + "'"), HasSubstr("scalar"), HasSubstr("cpu")));
    }
  }
}

TEST(Registry, RefusesWhatIsNotAvailableWithTheReason) {
  std::map<std::string, std::string> unavailable;
  for (const char* name : {"sse4", "neon"}) unavailable[name] = "it needs an ";
  for (const Backend& backend : backends()) {
    unavailable.erase(backend.name);
    if (!backend.available) unavailable[backend.name] = backend.reason;
  }
  EXPECT_FALSE(unavailable.empty()) << "no processor has both";
  for (const auto& [name, reason] : unavailable) {
    try {
      find_backend(name);
      ADD_FAILURE() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::unavailable);
      EXPECT_THAT(error.what(), AllOf(HasSubstr(name), HasSubstr(reason)));
    }
  }
}

TEST(Registry, OpensDevices) {
  const auto device = open_device(find_backend("scalar"), 2);
  EXPECT_EQ(device->kind(), DeviceKind::cpu);
  EXPECT_EQ(device->limits().units, 2);
  Backend unknown;
  unknown.name = "mmx";
  EXPECT_THROW(open_device(unknown), Error);
}

}  // namespace
}  // namespace anneal::device
