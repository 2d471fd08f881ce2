#include "io/jsonl_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

using test::format;
using test::SamplePair;

TEST(JsonlWriter, WritesOneObjectPerLine) {
  EXPECT_EQ(format("jsonl", SamplePair{}),
            R"({"query":"q1","target":"t1","score":7,"query_begin":2,"query_end":10,"target_begin":2,)"
            R"("target_end":10,"cigar":"2=1I1=1X1=1D2="})"
            "\n");
}

TEST(JsonlWriter, AddsExtensionAndStrand) {
  SamplePair pair;
  pair.has_extension = pair.reverse = true;
  const auto object = nlohmann::json::parse(format("jsonl", pair, {.mode = Mode::extend, .strand = true}));
  EXPECT_EQ(object["global_score"], -1);
  EXPECT_EQ(object["global_target_end"], 0);
  EXPECT_EQ(object["max_off"], 1);
  EXPECT_EQ(object["strand"], "-");
  EXPECT_EQ(object["query_begin"], 1);
}

TEST(JsonlWriter, AddsTheSecondBest) {
  SamplePair pair;
  pair.has_second_best = true;
  const auto object = nlohmann::json::parse(format("jsonl", pair, {.second_best = true}));
  EXPECT_EQ(object["second_score"], 5);
  EXPECT_EQ(object["second_target_end"], 30);
  pair.second_best = {};
  EXPECT_TRUE(nlohmann::json::parse(format("jsonl", pair, {.second_best = true}))["second_target_end"].is_null());
}

TEST(JsonlWriter, WritesNullForWhatDoesNotExist) {
  const auto unaligned = nlohmann::json::parse(format("jsonl", SamplePair::unaligned(), {.mode = Mode::extend}));
  EXPECT_EQ(unaligned["score"], 0);
  EXPECT_TRUE(unaligned["query_begin"].is_null());
  EXPECT_TRUE(unaligned["cigar"].is_null());
  EXPECT_TRUE(unaligned["global_score"].is_null());
  const auto outside = nlohmann::json::parse(format("jsonl", SamplePair::outside_band(), {.strand = true}));
  EXPECT_TRUE(outside["score"].is_null());
  EXPECT_TRUE(outside["strand"].is_null());
}

TEST(JsonlWriter, EscapesNames) {
  SamplePair pair;
  pair.query_name = "a\"b\\c\td";
  pair.target_name = "\xc3\xa9|\xff";
  const auto object = nlohmann::json::parse(format("jsonl", pair));
  EXPECT_EQ(object["query"], "a\"b\\c\td");
  EXPECT_EQ(object["target"], "\xc3\xa9|\xef\xbf\xbd");
}

}  // namespace
}  // namespace anneal::io
