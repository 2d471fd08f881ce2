#include "search/statistics/parameter_store.h"

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "search/statistics/background.h"

namespace anneal::search {
namespace {

using Json = nlohmann::json;

/// To be raised whenever simulate() may give something else for the same scoring.
constexpr int simulation_version = 1;

/// All that simulate() depends on.
std::string key(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  std::string text = fmt::format("simulated {}\ngaps {} {}\n", simulation_version, gap_open, gap_extend);
  const std::vector<BackgroundLetter> letters = background(matrix);
  for (const BackgroundLetter& query : letters) {
    text += fmt::format("{} {}", matrix.letters()[query.code], query.weight);
    for (const BackgroundLetter& target : letters) text += fmt::format(" {}", matrix.score(query.code, target.code));
    text += '\n';
  }
  return text;
}

bool is_valid(const SimulatedParameters& parameters) {
  return std::isfinite(parameters.lambda) && parameters.lambda > 0 && std::isfinite(parameters.k) && parameters.k > 0 &&
         std::isfinite(parameters.length.slope) && std::isfinite(parameters.length.intercept);
}

std::string to_text(const SimulationResult& result) {
  if (!result.parameters) return Json{{"failure", result.failure}}.dump();
  return Json{{"lambda", result.parameters->lambda},
              {"k", result.parameters->k},
              {"alpha", result.parameters->length.slope},
              {"beta", result.parameters->length.intercept}}
      .dump();
}

std::optional<SimulationResult> parse_result(std::string_view text) try {
  const Json json = Json::parse(text);
  if (json.contains("failure")) {
    return SimulationResult{.parameters = std::nullopt, .failure = json.at("failure").get<std::string>()};
  }
  const SimulatedParameters parameters{
      .lambda = json.at("lambda").get<double>(),
      .k = json.at("k").get<double>(),
      .length = {.slope = json.at("alpha").get<double>(), .intercept = json.at("beta").get<double>()}};
  if (!is_valid(parameters)) return std::nullopt;
  return SimulationResult{.parameters = parameters, .failure = {}};
} catch (const Json::exception&) {
  return std::nullopt;
}

}  // namespace

std::optional<SimulationResult> ParameterStore::find(const SubstitutionMatrix& matrix, int gap_open,
                                                     int gap_extend) const {
  const std::optional<std::string> text = files_.find(key(matrix, gap_open, gap_extend));
  return text ? parse_result(*text) : std::nullopt;
}

void ParameterStore::store(const SubstitutionMatrix& matrix, int gap_open, int gap_extend,
                           const SimulationResult& result) const {
  files_.store(key(matrix, gap_open, gap_extend), to_text(result));
}

}  // namespace anneal::search
