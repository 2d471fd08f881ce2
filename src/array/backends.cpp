#include "array/backends.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <atomic>
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
};

Opened& opened() {
  static Opened& all = *new Opened;
  return all;
}

std::atomic<bool> has_opened = false;
std::atomic<Backend*> forced = nullptr;
thread_local Backend* in_use = nullptr;

std::vector<std::string> usable_gpus() {
  std::vector<std::string> names;
  for (const anneal::Backend& backend : anneal::backends()) {
    if (backend.kind == "gpu" && backend.available && gpu::can_open(backend.name)) names.push_back(backend.name);
  }
  return names;
}

[[noreturn]] void throw_unknown(std::string_view name) {
  throw Error(ErrorCode::invalid_argument,
              fmt::format("'{}' is no backend of arrays: there are auto, {}", name, fmt::join(array_backends(), ", ")));
}

}  // namespace

const std::vector<std::string>& gpu_names() {
  static const std::vector<std::string> names = usable_gpus();
  return names;
}

Backend& backend_named(std::string_view name) {
  if (name == cpu::vector_backend().name()) return cpu::vector_backend();
  if (name == cpu::scalar_backend().name()) return cpu::scalar_backend();
  Opened& all = opened();
  const std::scoped_lock lock(all.mutex);
  if (const auto known = all.gpus.find(name); known != all.gpus.end()) return *known->second;
  const anneal::Backend found = device::find_backend(name);
  if (found.kind != "gpu" || !gpu::can_open(found.name)) throw_unknown(name);
  if (const auto known = all.gpus.find(found.name); known != all.gpus.end()) return *known->second;
  has_opened = true;
  return *all.gpus.emplace(found.name, gpu::make_backend(gpu::open(found.name))).first->second;
}

std::vector<Backend*> opened_gpus() {
  Opened& all = opened();
  const std::scoped_lock lock(all.mutex);
  std::vector<Backend*> result;
  for (const auto& [name, backend] : all.gpus) result.push_back(backend.get());
  return result;
}

Backend& add_gpu(std::unique_ptr<gpu::Gpu> gpu) {
  Opened& all = opened();
  const std::scoped_lock lock(all.mutex);
  std::unique_ptr<Backend> backend = gpu::make_backend(std::move(gpu));
  auto& place = all.gpus[backend->name()];
  place = std::move(backend);
  has_opened = true;
  return *place;
}

bool has_opened_gpu() { return has_opened; }

Backend* forced_backend() { return forced; }

UseBackend::UseBackend(Backend& backend) : before_(in_use) { in_use = &backend; }
UseBackend::~UseBackend() { in_use = before_; }
Backend* UseBackend::current() { return in_use; }

}  // namespace array

std::vector<std::string> array_backends() {
  std::vector<std::string> names = array::gpu_names();
  names.insert(names.begin(), {array::cpu::vector_backend().name(), array::cpu::scalar_backend().name()});
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
  for (array::Backend* gpu : array::opened_gpus()) gpu->wait();
}

}  // namespace anneal
