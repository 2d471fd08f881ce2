#include "align/calibration.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace anneal::align {
namespace {

using Json = nlohmann::json;

Json to_json(const CostCurve& curve) {
  Json points = Json::array();
  for (const CostPoint& point : curve.points) points.push_back({point.pairs, point.seconds});
  return {{"overhead", curve.overhead},
          {"shorter_factor", curve.shorter_factor},
          {"longer_factor", curve.longer_factor},
          {"points", std::move(points)}};
}

CostCurve curve_from(const Json& json) {
  CostCurve curve{.overhead = json.at("overhead").get<double>(),
                  .shorter_factor = json.at("shorter_factor").get<double>(),
                  .longer_factor = json.at("longer_factor").get<double>()};
  for (const Json& point : json.at("points")) {
    curve.points.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
  }
  return curve;
}

}  // namespace

bool Calibration::is_valid() const {
  return cpu.is_valid() && gpu.is_valid() && std::isfinite(opening) && opening >= 0 && !gpu_identity.empty();
}

std::string to_text(const Calibration& calibration) {
  return Json{{"gpu_identity", calibration.gpu_identity},
              {"opening", calibration.opening},
              {"cpu", to_json(calibration.cpu)},
              {"gpu", to_json(calibration.gpu)}}
      .dump(1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Calibration> parse_calibration(std::string_view text) try {
  const Json json = Json::parse(text);
  Calibration calibration{.cpu = curve_from(json.at("cpu")),
                          .gpu = curve_from(json.at("gpu")),
                          .gpu_identity = json.at("gpu_identity").get<std::string>(),
                          .opening = json.at("opening").get<double>()};
  return calibration.is_valid() ? std::optional(std::move(calibration)) : std::nullopt;
} catch (const Json::exception&) {
  return std::nullopt;
}

}  // namespace anneal::align
