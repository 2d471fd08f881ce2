// NVIDIA's libraries that are looked for at run time, so that programs start and align without them.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace anneal::device::cuda {

/// Stays open as long as the process.
class VendorLibrary {
 public:
  virtual ~VendorLibrary() = default;
  /// "libnvrtc.so.13", or its path.
  virtual const std::string& file() const = 0;
  /// Null where it has none of that name.
  virtual void* symbol(const char* name) const = 0;
};

/// A C function of type F. Throws Error(unavailable) naming library and function where there is none.
template <class F>
F* function_of(const VendorLibrary& library, const char* name);

/// Where open_vendor_library() looks for lib<name>.so.<version>, in this order, as patterns of glob(7): the folders
/// that ANNEAL_CUDA_LIBRARIES names, separated by colons; nothing, which stands for wherever the system's loader looks;
/// the toolkit's folders; those of NVIDIA's Python packages.
std::vector<std::string> vendor_library_folders();

/// `name` is "nvrtc" or "cublasLt"; versions are 13 and, where that is not there, 12. Throws Error(unavailable) that
/// says where it was looked for and how to give it.
std::unique_ptr<VendorLibrary> open_vendor_library(const std::string& name);

/// For function_of().
[[noreturn]] void throw_no_function(const VendorLibrary& library, const char* name);

template <class F>
F* function_of(const VendorLibrary& library, const char* name) {
  void* const symbol = library.symbol(name);
  if (symbol == nullptr) throw_no_function(library, name);
  return reinterpret_cast<F*>(symbol);
}

}  // namespace anneal::device::cuda
