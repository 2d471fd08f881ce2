#include "support/test_settings.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <sstream>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(undefined_behavior_sanitizer)
#define ANNEAL_TEST_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ANNEAL_TEST_SANITIZED 1
#endif

namespace anneal::test {
namespace {

#ifdef ANNEAL_TEST_SANITIZED
constexpr std::uint64_t usual_max_cells = 1'000'000;
#else
constexpr std::uint64_t usual_max_cells = std::numeric_limits<std::int64_t>::max();
#endif

std::uint64_t number_from_environment(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

std::size_t pairs_per_test(std::size_t usual) { return number_from_environment("ANNEAL_TEST_PAIRS", usual); }

std::size_t pairs_at_most(std::size_t usual) { return std::min(usual, pairs_per_test(usual)); }

bool nightly() { return number_from_environment("ANNEAL_TEST_NIGHTLY", 0) != 0; }

std::int64_t max_cells() {
  return static_cast<std::int64_t>(number_from_environment("ANNEAL_TEST_MAX_CELLS", usual_max_cells));
}

std::uint64_t seed_of(std::string_view test_name) {
  std::uint64_t value = 14695981039346656037u + number_from_environment("ANNEAL_TEST_SEED", 0);
  for (const char letter : test_name) value = (value ^ static_cast<unsigned char>(letter)) * 1099511628211u;
  return value;
}

std::vector<std::string> available_backends() {
  std::vector<std::string> names;
  for (const Backend& backend : backends()) {
    if (backend.available) names.push_back(backend.name);
  }
  return names;
}

std::vector<std::string> tested_backends() {
  const char* text = std::getenv("ANNEAL_TEST_BACKENDS");
  if (text == nullptr || *text == '\0') return available_backends();
  std::vector<std::string> names;
  std::istringstream list(text);
  for (std::string name; std::getline(list, name, ',');) names.push_back(name);
  return names;
}

std::string name_for_test(std::string backend) {
  std::ranges::replace(backend, ':', '_');
  return backend;
}

}  // namespace anneal::test
