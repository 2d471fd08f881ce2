#include "images.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>

#include "grid/dispatch.h"
#include "msl/library.h"
#include "stop.h"

namespace cuda_emulator {
namespace {

using anneal::device::cuda::LaunchShape;
using anneal::test::FakeCuda;

constexpr const char* mark = "anneal's stand-in for CUDA: ";

// A file without a name, as only files can be loaded. It stays open: the loader knows libraries by their paths.
class LoadedImage {
 public:
  LoadedImage(const char* bytes, std::size_t count) : file_(memfd_create("kernels", MFD_CLOEXEC)) {
    if (file_ < 0 || write(file_, bytes, count) != static_cast<ssize_t>(count)) {
      metal_emulator::stop("an image of kernels cannot be copied");
    }
    library_ = std::make_unique<metal_emulator::KernelLibrary>("/proc/self/fd/" + std::to_string(file_));
    const metal_emulator::KernelTable& table = library_->table();
    for (std::uint32_t k = 0; k < table.count; ++k) add(table.kernels[k]);
  }
  LoadedImage(const LoadedImage&) = delete;
  LoadedImage& operator=(const LoadedImage&) = delete;
  ~LoadedImage() {
    library_.reset();
    close(file_);
  }

  const FakeCuda::ImageKernel* find(const std::string& name) const {
    const auto found = kernels_.find(name);
    return found == kernels_.end() ? nullptr : &found->second;
  }

 private:
  void add(const metal_emulator::Kernel& kernel) {
    if (kernel.argument_count > metal_emulator::most_bindings) {
      metal_emulator::stop(std::string(kernel.name) + " has more parameters than the stand-in can pass");
    }
    FakeCuda::ImageKernel& added = kernels_[kernel.name];
    for (std::uint32_t k = 0; k < kernel.argument_count; ++k) added.argument_bytes.push_back(kernel.types[k].size);
    added.attributes = {.max_threads = 1024, .registers = 32};
    added.run = [&kernel](const LaunchShape& shape, void** arguments) { run(kernel, shape, arguments); };
  }

  static void run(const metal_emulator::Kernel& kernel, const LaunchShape& shape, void** arguments) {
    metal_emulator::Dispatch dispatch;
    dispatch.kernel = &kernel;
    for (std::uint32_t k = 0; k < kernel.argument_count; ++k) {
      dispatch.buffers[k] = {.address = arguments[k], .bytes = kernel.types[k].size};
    }
    dispatch.group = {shape.group.x, shape.group.y, shape.group.z};
    dispatch.threads = {shape.grid.x * shape.group.x, shape.grid.y * shape.group.y, shape.grid.z * shape.group.z};
    if (shape.grid.count() * shape.group.count() > 0xffffffffu) {
      metal_emulator::stop(std::string(kernel.name) + " is launched with more threads than the stand-in can count");
    }
    metal_emulator::Settings settings = metal_emulator::settings();
    settings.checks = false;  // of bounds: a kernel gets addresses, not buffers
    const std::string failure = metal_emulator::run(dispatch, settings);
    if (!failure.empty()) metal_emulator::stop(failure);
  }

  int file_;
  std::unique_ptr<metal_emulator::KernelLibrary> library_;
  std::map<std::string, FakeCuda::ImageKernel> kernels_;
};

}  // namespace

std::string image_of(const std::string& library) { return mark + std::to_string(library.size()) + "\n" + library; }

FakeCuda::Image open_image(const void* image) {
  const char* text = static_cast<const char*>(image);
  if (std::strncmp(text, mark, std::strlen(mark)) != 0) return nullptr;
  char* end = nullptr;
  const std::size_t count = std::strtoul(text + std::strlen(mark), &end, 10);
  const auto loaded = std::make_shared<LoadedImage>(end + 1, count);
  return [loaded](const std::string& name) { return loaded->find(name); };
}

}  // namespace cuda_emulator
