#include "align/self_test.h"

#include <gtest/gtest.h>

#include <functional>

#include "align/engines.h"
#include "align/scalar/scalar_engine.h"
#include "support/test_settings.h"

namespace anneal::align {
namespace {

// The specification, but for what `corrupt` does to its results.
class CorruptEngine final : public Engine {
 public:
  using Corrupt = std::function<void(AlignResults&)>;
  explicit CorruptEngine(Corrupt corrupt) : corrupt_(std::move(corrupt)) {}

  std::string_view name() const override { return "corrupt"; }
  bool is_available() const override { return true; }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override {
    scalar::ScalarEngine(1, Aligner::min_memory).execute(batch, options, control, results);
    corrupt_(results);
  }

 private:
  Corrupt corrupt_;
};

// One more in this field of one pair.
CorruptEngine::Corrupt alignment_field(std::int32_t Alignment::* field) {
  return [=](AlignResults& results) { ++(results.alignments.back().*field); };
}

CorruptEngine::Corrupt extension_field(std::int32_t Extension::* field) {
  return [=](AlignResults& results) {
    if (!results.extensions.empty()) ++(results.extensions.front().*field);
  };
}

TEST(SelfTest, OfEveryBackendPasses) {
  for (const std::string& backend : test::tested_backends()) {
    EXPECT_TRUE(passes_self_test(*make_engine(backend, {.threads = 1, .memory = Aligner::min_memory}))) << backend;
  }
  EXPECT_TRUE(passes_self_test(CorruptEngine([](AlignResults&) {})));
}

TEST(SelfTest, SeesEveryField) {
  const std::pair<const char*, CorruptEngine::Corrupt> corruptions[] = {
      {"score", alignment_field(&Alignment::score)},
      {"query_begin", alignment_field(&Alignment::query_begin)},
      {"query_end", alignment_field(&Alignment::query_end)},
      {"target_begin", alignment_field(&Alignment::target_begin)},
      {"target_end", alignment_field(&Alignment::target_end)},
      {"status", [](AlignResults& results) { results.alignments.back().status = Status::outside_band; }},
      {"global_score", extension_field(&Extension::global_score)},
      {"global_target_end", extension_field(&Extension::global_target_end)},
      {"max_off", extension_field(&Extension::max_off)},
      {"cigar", [](AlignResults& results) { results.cigar_ops.back() = {CigarOp::soft_clip, 1}; }},
      {"offsets", [](AlignResults& results) { ++results.cigar_offsets[1]; }},
      {"one pair less", [](AlignResults& results) { results.alignments.pop_back(); }},
      {"fallbacks", [](AlignResults& results) { results.fallbacks = 1; }},
  };
  for (const auto& [field, corrupt] : corruptions) EXPECT_FALSE(passes_self_test(CorruptEngine(corrupt))) << field;
}

}  // namespace
}  // namespace anneal::align
