#include "cli/operations_table.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <vector>

#include "anneal/array_backend.h"
#include "array/backends.h"
#include "array/rates.h"
#include "array/validation.h"

namespace anneal::cli {
namespace {

using array::Operation;
using array::Validation;

struct Row {
  Operation operation;
  DType dtype;
  std::string backend;
  Validation validation;
  double rate;  // a second, of what unit() says; 0 where it is not used
};

// The dtype that is measured: f32, where there is the operation of that.
DType measured_dtype(Operation operation) {
  return array::is_reduction(operation) && (array::reduction_of(operation) == array::Reduction::any ||
                                            array::reduction_of(operation) == array::Reduction::all)
             ? DType::boolean
             : DType::f32;
}

std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (int k = 0; k < array::operation_count; ++k) {
    const auto operation = static_cast<Operation>(k);
    const DType dtype = measured_dtype(operation);
    for (const std::string& name : array_backends()) {
      array::Backend& backend = array::backend_named(name);
      const Validation validation = array::validation(backend, operation, dtype);
      const double rate = validation == Validation::right ? array::rate(backend, operation, dtype) : 0;
      rows.push_back({operation, dtype, name, validation, rate});
    }
  }
  return rows;
}

std::string_view unit(Operation operation) {
  return operation == Operation::matmul || operation == Operation::conv1d ? "multiplications/s" : "elements/s";
}

std::string_view text_of(Validation validation) {
  switch (validation) {
    case Validation::right:
      return "yes";
    case Validation::wrong:
      return "no";
    case Validation::not_defined:
      return "undefined";
    case Validation::not_here:
      break;
  }
  return "no dtype";
}

}  // namespace

std::string operations_table() {
  std::string text =
      fmt::format("{:<23} {:<5} {:<9} {:<9} {:>12}\n", "OPERATION", "DTYPE", "BACKEND", "VALIDATED", "RATE");
  for (const Row& row : all_rows()) {
    const std::string rate = row.rate > 0 ? fmt::format("{:.3f} G", row.rate / 1e9) : "-";
    text += fmt::format("{:<23} {:<5} {:<9} {:<9} {:>12} {}\n", array::name_of(row.operation), name_of(row.dtype),
                        row.backend, text_of(row.validation), rate, row.rate > 0 ? unit(row.operation) : "");
  }
  for (const std::string& gpu : array::gpu_names()) {
    const std::string reason = array::why_not_used(gpu);
    if (!reason.empty()) text += fmt::format("{} is not used: {}\n", gpu, reason);
  }
  return text;
}

std::string operations_json() {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Row& row : all_rows()) {
    rows.push_back({{"operation", array::name_of(row.operation)},
                    {"dtype", name_of(row.dtype)},
                    {"backend", row.backend},
                    {"validated", row.validation == Validation::right},
                    {"rate", row.rate},
                    {"unit", unit(row.operation)}});
  }
  return rows.dump(2) + "\n";
}

}  // namespace anneal::cli
