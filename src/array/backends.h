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

/// The names of GPUs that this machine has, best first, be they of use for arrays or not. Opens their drivers at the
/// first call.
const std::vector<std::string>& gpu_names();

/// backend_named(), or null where that cannot be used or was given up.
Backend* usable_gpu(const std::string& name);

/// Why a GPU of gpu_names() is not used; empty where it is.
std::string why_not_used(const std::string& name);

/// From now on the GPU is not chosen.
void give_up(const Backend& gpu, const std::string& reason);

/// Those that were opened.
std::vector<Backend*> opened_gpus();

/// Whether there are any, at no cost.
bool has_opened_gpu();

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
