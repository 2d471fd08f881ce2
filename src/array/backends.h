// The backends of arrays, by name, and which of them is to be used.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "array/backend.h"

namespace anneal::array {

/// The backend of that name: "cpu", "scalar" or a GPU's. Opens it at the first call; lives as long as the process.
/// Throws Error(invalid_argument) for a name that is none, and Error(unavailable) with the reason.
Backend& backend_named(std::string_view name);

/// The names of GPUs that can be used, best first. Opens their drivers at the first call.
const std::vector<std::string>& gpu_names();

/// Those that were opened.
std::vector<Backend*> opened_gpus();

/// Whether there are any, at no cost.
bool has_opened_gpu();

/// For tests: a GPU that is used under its name from now on.
Backend& add_gpu(std::unique_ptr<gpu::Gpu> gpu);

/// What set_array_backend() has asked for; null: whichever is best.
Backend* forced_backend();

/// Has all that this thread computes computed by a backend, whatever set_array_backend() asks for, and without asking
/// whether it is right.
class UseBackend {
 public:
  explicit UseBackend(Backend& backend);
  ~UseBackend();
  UseBackend(const UseBackend&) = delete;
  UseBackend& operator=(const UseBackend&) = delete;

  /// Of this thread; null outside.
  static Backend* current();

 private:
  Backend* before_;
};

}  // namespace anneal::array
