#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "array/shape.h"
#include "base/cpu.h"
#include "base/version.h"
#include "cli/array_benchmark.h"
#include "cli/print.h"

namespace anneal::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr double giga = 1e9;

Json json_of(const ArrayMeasurement& measurement, double copy) {
  Json json = {{"operation", measurement.operation},
               {"shape", measurement.shape},
               {"seconds", measurement.seconds},
               {"overhead_seconds", measurement.overhead_seconds},
               {"bytes", measurement.bytes},
               {"gb_per_second", measurement.bytes_per_second() / giga},
               {"of_copy", measurement.bytes_per_second() / copy},
               {"gflops", nullptr},
               {"of_blas", nullptr}};
  if (measurement.multiplications > 0) json["gflops"] = measurement.flops() / giga;
  if (measurement.blas_seconds) json["of_blas"] = *measurement.blas_seconds / measurement.seconds;
  return json;
}

std::string line_of(const ArrayMeasurement& measurement, double copy) {
  std::string line =
      fmt::format("{:<22} {:<16} {:>11.3f} {:>9.2f} {:>8.2f} {:>11.3f}", measurement.operation,
                  array::text_of(measurement.shape), 1e3 * measurement.seconds, measurement.bytes_per_second() / giga,
                  measurement.bytes_per_second() / copy, 1e6 * measurement.overhead_seconds);
  if (measurement.multiplications > 0) line += fmt::format(" {:>8.1f}", measurement.flops() / giga);
  if (measurement.blas_seconds) line += fmt::format(" {:>8.2f}", *measurement.blas_seconds / measurement.seconds);
  return line + "\n";
}

}  // namespace

std::string to_json(const ArrayBenchmarkReport& report) {
  Json json = {{"backend", report.arguments.backend},
               {"dtype", name_of(report.arguments.dtype)},
               {"size", report.arguments.size},
               {"repeats", report.arguments.repeats},
               {"copy_gb_per_second", report.copy_bytes_per_second / giga},
               {"operations", Json::array()},
               {"commit", base::build_info().commit},
               {"processor", base::processor_name()},
               {"threads", report.arguments.threads}};
  for (const ArrayMeasurement& measurement : report.measurements) {
    json["operations"].push_back(json_of(measurement, report.copy_bytes_per_second));
  }
  return json.dump() + "\n";
}

std::string to_table(const ArrayBenchmarkReport& report) {
  std::string text =
      fmt::format("{} elements of {} by {}; {}, {}; a copy reads and writes {:.2f} GB/s\n", report.arguments.size,
                  name_of(report.arguments.dtype), report.arguments.backend, base::processor_name(),
                  counted(report.arguments.threads, "thread"), report.copy_bytes_per_second / giga);
  text += fmt::format("{:<22} {:<16} {:>11} {:>9} {:>8} {:>11} {:>8} {:>8}\n", "OPERATION", "SHAPE", "MILLISEC", "GB/S",
                      "OF COPY", "FEW, MICROS", "GFLOPS", "OF BLAS");
  for (const ArrayMeasurement& measurement : report.measurements) {
    text += line_of(measurement, report.copy_bytes_per_second);
  }
  return text;
}

}  // namespace anneal::cli
