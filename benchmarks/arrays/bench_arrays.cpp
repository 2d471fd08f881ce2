// Does for benchmarks/array.py what is not Python. Reads lines
//   PEER OPERATION DTYPE SIZE TIMES OPERANDS [RESULT]
// and answers each with the seconds of one of TIMES runs, or "-" where that library does not do it. OPERANDS is a file
// of two operands, one after the other; the result is written to the file RESULT.
#include <tbb/global_control.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "arrays/task.h"
#include "base/cpu.h"

namespace anneal::bench {
namespace {

struct Request {
  std::string peer, dtype, operands, result;
  Task task;
  int times = 1;
};

std::vector<char> read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class T>
Prepare<T> peer_named(const std::string& name) {
  if (name == "anneal") return prepare_anneal<T>;
  if (name == "openblas") return prepare_openblas<T>;
#ifdef ANNEAL_HAVE_EIGEN
  if (name == "eigen") return prepare_eigen<T>;
#endif
  return [](const Task&, const T*, const T*) { return std::optional<Prepared>(); };
}

template <class T>
const std::optional<Prepared>& prepared(const Request& request) {
  static std::map<std::string, std::vector<char>> operands;
  static std::map<std::string, std::optional<Prepared>> known;
  const std::string key = request.peer + ' ' + request.task.operation + ' ' + request.operands;
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  std::vector<char>& memory = operands[request.operands];
  if (memory.empty()) memory = read_file(request.operands);
  const T* const a = reinterpret_cast<const T*>(memory.data());
  return known[key] = peer_named<T>(request.peer)(request.task, a, a + memory.size() / sizeof(T) / 2);
}

template <class T>
std::string answer(const Request& request) {
  const auto& task = prepared<T>(request);
  if (!task) return "-";
  const auto begin = std::chrono::steady_clock::now();
  for (int k = 0; k < request.times; ++k) task->run();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (!request.result.empty()) {
    std::ofstream(request.result, std::ios::binary)
        .write(static_cast<const char*>(task->result()), task->results * static_cast<std::int64_t>(sizeof(T)));
  }
  return std::to_string(seconds.count() * 1e9 / request.times) + "e-9";
}

void run() {
  const int threads = base::usable_processors();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  for (std::string line; std::getline(std::cin, line);) {
    Request request;
    request.task.threads = threads;
    std::istringstream words(line);
    words >> request.peer >> request.task.operation >> request.dtype >> request.task.size >> request.times >>
        request.operands >> request.result;
    std::cout << (request.dtype == "f32" ? answer<float> : answer<double>)(request) << std::endl;
  }
}

}  // namespace
}  // namespace anneal::bench

int main() {
  try {
    anneal::bench::run();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_arrays: %s\n", error.what());
    return 1;
  }
}
