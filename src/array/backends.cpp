#include "array/backends.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <atomic>
#include <exception>
#include <map>
#include <mutex>

#include "anneal/array_backend.h"
#include "anneal/device.h"
#include "anneal/error.h"
#include "array/cpu/backend.h"
#include "array/gpu/backend.h"
#include "array/node.h"
#include "array/transfer.h"
#include "array/views.h"
#include "device/registry.h"

namespace anneal {
namespace array {
namespace {

// Opened GPUs live as long as the process: values that nobody has given back may be in their memory.
struct Opened {
  std::mutex mutex;
  std::map<std::string, std::unique_ptr<Backend>, std::less<>> gpus;
  std::map<std::string, std::string, std::less<>> reasons;  // of those that are of no use
};

Opened& opened() {
  static Opened& all = *new Opened;
  return all;
}

std::atomic<bool> has_opened = false;
std::atomic<Backend*> forced = nullptr;
thread_local Backend* in_use = nullptr;

std::vector<std::string> present_gpus() {
  std::vector<std::string> names;
  for (const anneal::Backend& backend : anneal::backends()) {
    if (backend.kind == "gpu" && backend.available && gpu::can_open(backend.name)) names.push_back(backend.name);
  }
  return names;
}

[[noreturn]] void throw_unknown(std::string_view name) {
  throw Error(ErrorCode::invalid_argument, fmt::format("'{}' is no backend of arrays: there are cpu, scalar, {}", name,
                                                       fmt::join(gpu_names(), ", ")));
}

// The name of the GPU that this, perhaps an alias, means.
std::string gpu_called(std::string_view name) try {
  const anneal::Backend found = device::find_backend(name);
  if (found.kind == "gpu" && gpu::can_open(found.name)) return found.name;
  throw_unknown(name);
} catch (const Error& error) {
  if (error.code() == ErrorCode::invalid_argument) throw_unknown(name);
  throw;
}

}  // namespace

const std::vector<std::string>& gpu_names() {
  static const std::vector<std::string> names = present_gpus();
  return names;
}

Backend& backend_named(std::string_view name) {
  if (name == cpu::vector_backend().name()) return cpu::vector_backend();
  if (name == cpu::scalar_backend().name()) return cpu::scalar_backend();
  Opened& all = opened();
  const std::scoped_lock lock(all.mutex);
  if (const auto known = all.gpus.find(name); known != all.gpus.end()) return *known->second;
  const std::string gpu = gpu_called(name);
  if (const auto known = all.gpus.find(gpu); known != all.gpus.end()) return *known->second;
  Backend& backend = *all.gpus.emplace(gpu, gpu::make_backend(gpu::open(gpu))).first->second;
  has_opened = true;
  return backend;
}

Backend* usable_gpu(const std::string& name) {
  if (!why_not_used(name).empty()) return nullptr;
  try {
    return &backend_named(name);
  } catch (const Error& error) {
    const std::scoped_lock lock(opened().mutex);
    opened().reasons.emplace(name, error.what());
  }
  return nullptr;
}

std::string why_not_used(const std::string& name) {
  const std::scoped_lock lock(opened().mutex);
  const auto reason = opened().reasons.find(name);
  return reason == opened().reasons.end() ? "" : reason->second;
}

void give_up(const Backend& gpu, const std::string& reason) {
  const std::scoped_lock lock(opened().mutex);
  opened().reasons.emplace(gpu.name(), reason);
}

std::vector<Backend*> opened_gpus() {
  Opened& all = opened();
  const std::scoped_lock lock(all.mutex);
  std::vector<Backend*> result;
  result.reserve(all.gpus.size());
  for (const auto& [name, backend] : all.gpus) result.push_back(backend.get());
  return result;
}

bool has_opened_gpu() { return has_opened; }

Backend* forced_backend() { return forced; }

UseBackend::UseBackend(Backend& backend) : before_(in_use) { in_use = &backend; }
UseBackend::~UseBackend() { in_use = before_; }
Backend* UseBackend::current() { return in_use; }

}  // namespace array

std::vector<std::string> array_backends() {
  std::vector<std::string> names{array::cpu::vector_backend().name(), array::cpu::scalar_backend().name()};
  for (const std::string& gpu : array::gpu_names()) {
    if (array::usable_gpu(gpu) != nullptr) names.push_back(gpu);
  }
  return names;
}

void set_array_backend(const std::string& name) {
  array::forced = name == "auto" ? nullptr : &array::backend_named(name);
}

std::string array_backend() {
  const array::Backend* backend = array::forced_backend();
  return backend != nullptr ? backend->name() : "auto";
}

Array copied_to(const Array& a, const std::string& backend) {
  array::gpu::Gpu* const memory = array::backend_named(backend).memory();
  return array::array_of(a.node()->values(memory));
}

void wait_for_arrays() {
  std::exception_ptr failure;
  for (array::Backend* gpu : array::opened_gpus()) {
    try {
      gpu->wait();
    } catch (const Error&) {
      failure = std::current_exception();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace anneal
