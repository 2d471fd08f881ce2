// Does for benchmarks/array.py and array_gpu.py what is not Python. Reads lines
//   PEER OPERATION DTYPE SIZE TIMES OPERANDS [RESULT]
// and answers each with the seconds of one of TIMES runs, or "-" where that library does not do it. OPERANDS is a file
// of two operands, one after the other, of f32 where DTYPE is f16 or bf16; the result is written to the file RESULT.
// `bench_arrays --backend NAME` has anneal compute on that backend, with operands in its memory.
#include <tbb/global_control.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "anneal/array_backend.h"
#include "arrays/task.h"
#include "base/cpu.h"

namespace anneal::bench {
namespace {

struct Request {
  std::string peer, operands, result;
  Task task;
  int times = 1;
};

std::vector<char> read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  std::vector<char> bytes(file ? static_cast<std::size_t>(file.tellg()) : 0);
  file.seekg(0);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    throw std::runtime_error("cannot read " + name);
  return bytes;
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
  const std::string key =
      request.peer + ' ' + request.task.operation + ' ' + request.task.dtype + ' ' + request.operands;
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
  task->wait();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (!request.result.empty()) {
    std::ofstream(request.result, std::ios::binary).write(static_cast<const char*>(task->result()), task->bytes);
  }
  return std::to_string(seconds.count() * 1e9 / request.times) + "e-9";
}

void run(const std::string& backend) {
  const int threads = base::usable_processors();
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  for (std::string line; std::getline(std::cin, line);) {
    Request request;
    request.task.threads = threads;
    request.task.backend = backend;
    std::istringstream words(line);
    words >> request.peer >> request.task.operation >> request.task.dtype >> request.task.size >> request.times >>
        request.operands >> request.result;
    std::cout << (request.task.dtype == "f64" ? answer<double> : answer<float>)(request) << std::endl;
  }
}

}  // namespace
}  // namespace anneal::bench

int main(int count, const char** arguments) {
  try {
    const std::string backend = count == 3 && std::string(arguments[1]) == "--backend" ? arguments[2] : "";
    if (count != (backend.empty() ? 1 : 3)) throw std::runtime_error("takes no arguments but --backend NAME");
    if (!backend.empty()) anneal::set_array_backend(backend);
    anneal::bench::run(backend);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_arrays: %s\n", error.what());
    return 1;
  }
}
