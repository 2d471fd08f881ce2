#include "device/cpu/targets.h"

#include "device/cpu/highway_config.h"
// After the configuration.
#include <fmt/core.h>
#include <hwy/highway.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/cpu.h"
#include "base/memory.h"
#include "base/text.h"

namespace anneal::device::cpu {
namespace {

struct TargetTraits {
  std::string_view name;
  std::string_view alias;
  int vector_bits;  // 0: it depends on the processor
  std::string_view needs;
};

constexpr std::string_view scalar = "scalar";

constexpr TargetTraits known_targets[] = {
    {"avx3_dl", "avx512vbmi", 512, "an x86-64 processor with AVX-512, VBMI, VBMI2, VNNI, BITALG, VAES and GFNI"},
    {"avx3", "avx512", 512, "an x86-64 processor with AVX-512 F, BW, CD, DQ and VL"},
    {"avx2", "", 256, "an x86-64 processor with AVX2, BMI2 and FMA"},
    {"sse4", "", 128, "an x86-64 processor with SSE 4.2, AES and PCLMUL"},
    {"sve_256", "", 256, "an Arm processor with 256-bit SVE"},
    {"sve2", "", 0, "an Arm processor with SVE2"},
    {"sve", "", 0, "an Arm processor with SVE"},
    {"neon", "", 128, "an Arm processor with NEON and AES"},
};

// Highway may know targets that this table does not.
TargetTraits traits_of(std::string_view name) {
  const auto found = std::ranges::find(known_targets, name, &TargetTraits::name);
  return found != std::end(known_targets) ? *found : TargetTraits{name, "", 0, "another processor"};
}

Backend make_backend(std::string_view name, bool available, const std::string& processor) {
  const TargetTraits traits = traits_of(name);
  Backend backend;
  backend.name = name;
  if (!traits.alias.empty()) backend.aliases.emplace_back(traits.alias);
  backend.device = processor;
  backend.kind = "cpu";
  backend.available = available;
  if (!available) backend.reason = fmt::format("it needs {}, this is {}", traits.needs, processor);
  backend.vector_bits = traits.vector_bits;
  return backend;
}

// What a backend is worth. NEON's kernels keep in registers what SVE's keep in memory (align/cpu/held-inl.h).
std::pair<int, bool> rank(const Backend& backend) { return {backend.vector_bits, backend.name == "neon"}; }

// The scalar engine stands in for these.
constexpr std::int64_t fallback_targets = HWY_SCALAR | HWY_EMU128;
constexpr std::int64_t compiled_targets = HWY_TARGETS & ~fallback_targets;

// Single bits, lowest first: the lower the bit, the better the target.
std::vector<std::int64_t> split_targets(std::int64_t targets) {
  std::vector<std::int64_t> result;
  for (; targets != 0; targets &= targets - 1) result.push_back(targets & -targets);
  return result;
}

}  // namespace

std::string target_name(std::int64_t highway_target) { return base::to_lower(hwy::TargetName(highway_target)); }

std::vector<std::int64_t> runnable_targets() { return split_targets(compiled_targets & hwy::SupportedTargets()); }

std::vector<Backend> list_backends(std::int64_t supported_targets, const std::string& processor) {
  std::vector<Backend> result;
  for (const std::int64_t target : split_targets(compiled_targets)) {
    Backend backend = make_backend(target_name(target), (supported_targets & target) != 0, processor);
    if ((hwy::SupportedTargets() & target) != 0) backend.vector_bits = vector_bits(target);
    result.insert(std::ranges::upper_bound(result, rank(backend), std::ranges::greater(), rank), std::move(backend));
  }
  result.push_back(make_backend(scalar, true, processor));
  std::ranges::find_if(result, &Backend::available)->aliases.emplace_back("cpu");
  const std::uint64_t memory = base::total_memory();
  const int units = base::usable_processors();
  for (Backend& backend : result) {
    backend.memory = memory;
    backend.units = units;
  }
  return result;
}

std::vector<Backend> list_backends() { return list_backends(hwy::SupportedTargets(), base::processor_name()); }

std::string why_not_built(std::string_view target) {
  const auto found = std::ranges::find_if(known_targets, [target](const TargetTraits& traits) {
    return !target.empty() && (traits.name == target || traits.alias == target);
  });
  return found == std::end(known_targets) ? std::string()
                                          : fmt::format("this build lacks it, and it needs {}", found->needs);
}

}  // namespace anneal::device::cpu
