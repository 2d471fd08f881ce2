// Kernels of images, and libraries: what FakeCuda has besides those that tests define.
#include "anneal/error.h"
#include "support/fake_cuda.h"

namespace anneal::test {

using namespace device::cuda;

namespace {

constexpr Status invalid_image = 200;
constexpr Status invalid_handle = 400;
constexpr Status not_found = 500;

// A launch reads its arguments at once.
std::function<void()> bound(const FakeCuda::ImageKernel& kernel, const LaunchShape& shape, void** arguments) {
  std::vector<std::vector<std::byte>> values;
  for (std::size_t k = 0; k < kernel.argument_bytes.size(); ++k) {
    const auto* from = static_cast<const std::byte*>(arguments[k]);
    values.emplace_back(from, from + kernel.argument_bytes[k]);
  }
  return [&kernel, shape, values = std::move(values)]() mutable {
    std::vector<void*> pointers;
    for (auto& value : values) pointers.push_back(value.data());
    kernel.run(shape, pointers.data());
  };
}

}  // namespace

Status FakeCuda::load_library(LibraryHandle& library, const void* image) {
  return enter([&] {
    Image opened = open_image ? open_image(image) : nullptr;
    if (!opened) return invalid_image;
    library = reinterpret_cast<void*>(++next_handle_);
    images_[library] = std::move(opened);
    ++images_loaded_;
    return status::success;
  });
}

Status FakeCuda::library_kernel(const void*& function, LibraryHandle library, const char* name) {
  return enter([&] {
    const auto image = images_.find(library);
    if (image == images_.end()) return invalid_handle;
    const ImageKernel* const kernel = image->second(name);
    if (kernel == nullptr) return not_found;
    function = kernel;
    images_of_kernels_[function] = library;
    kernels_[function] = {
        [kernel](const LaunchShape& shape, void** arguments) { return bound(*kernel, shape, arguments); },
        kernel->attributes};
    return status::success;
  });
}

Status FakeCuda::unload_library(LibraryHandle library) {
  return enter([&] {
    if (images_.erase(library) == 0) return invalid_handle;
    std::erase_if(images_of_kernels_, [&](const auto& kernel) {
      if (kernel.second != library) return false;
      kernels_.erase(kernel.first);
      return true;
    });
    return status::success;
  });
}

const VendorLibrary& FakeCuda::vendor_library(const std::string& name) {
  const auto found = vendor_libraries.find(name);
  if (found != vendor_libraries.end()) return *found->second;
  throw Error(ErrorCode::unavailable, "the stand-in for CUDA has no library " + name);
}

}  // namespace anneal::test
