// Runs operations on arrays for test_numpy.py:
//   array_cases [--backend NAME] POOL.npy... <cases
//
// NAME is what set_array_backend() takes. A pool is memory that operands are views of. A case is a line of JSON:
//   {"operation": "add", "arguments": {}, "results": ["r.npy"], "operands":
//    [{"pool": 0, "dtype": "f32", "first": 3, "shape": [2, 5], "strides": [-1, 2]}, ...]}
// with `first` and strides in elements. Each gets a line of JSON: {"dtypes": ["f32"]}, or {"error": "..."}.
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "anneal/array_backend.h"
#include "array/npy.h"
#include "array/operations.h"

namespace anneal::test {
namespace {

using Json = nlohmann::json;
using Pools = std::vector<std::shared_ptr<const std::vector<std::byte>>>;

Array operand(const Pools& pools, const Json& view) {
  const auto& pool = pools.at(view.at("pool").get<std::size_t>());
  const DType dtype = dtype_named(view.at("dtype").get<std::string>());
  const auto first = view.at("first").get<std::ptrdiff_t>() * static_cast<std::ptrdiff_t>(size_of(dtype));
  return Array::borrow(pool->data() + first, dtype, view.at("shape").get<Shape>(), view.at("strides").get<Shape>(),
                       pool);
}

Json answer(const Pools& pools, const Json& task) {
  std::vector<Array> operands;
  for (const Json& view : task.at("operands")) operands.push_back(operand(pools, view));
  const auto results = run_operation(task.at("operation").get<std::string>(), operands, task.at("arguments"));
  Json dtypes = Json::array();
  for (std::size_t k = 0; k < results.size(); ++k) {
    write_npy(task.at("results").at(k).get<std::string>(), results[k]);
    dtypes.push_back(name_of(results[k].dtype()));
  }
  return {{"dtypes", dtypes}};
}

int run(std::span<char*> arguments) {
  if (arguments.size() >= 2 && std::string_view(arguments.front()) == "--backend") {
    set_array_backend(arguments[1]);
    arguments = arguments.subspan(2);
  }
  Pools pools;
  for (const char* name : arguments) {
    pools.push_back(std::make_shared<const std::vector<std::byte>>(read_npy_data(name)));
  }
  for (std::string line; std::getline(std::cin, line);) {
    Json reply;
    try {
      reply = answer(pools, Json::parse(line));
    } catch (const std::exception& error) {
      reply = {{"error", error.what()}};
    }
    std::cout << reply.dump() << '\n';
  }
  return 0;
}

}  // namespace
}  // namespace anneal::test

int main(int argc, char** argv) {
  try {
    return anneal::test::run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "array_cases: %s\n", error.what());
    return 1;
  }
}
