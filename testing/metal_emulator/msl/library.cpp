#include "msl/library.h"

#include <dlfcn.h>

#include "grid/services.h"
#include "msl/compiler.h"
#include "msl/library_cache.h"
#include "msl/work_folder.h"
#include "stop.h"

namespace metal_emulator {

KernelLibrary::KernelLibrary(const std::string& file) : handle_(dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  if (handle_ == nullptr) stop(std::string("a compiled library does not load: ") + dlerror());
  const auto table = reinterpret_cast<const KernelTable* (*)()>(dlsym(handle_, "metal_emulator_library"));
  if (table == nullptr) stop(file + " is not a library of kernels");
  table_ = table();
  *table_->services = &services();
}

KernelLibrary::~KernelLibrary() { dlclose(handle_); }

const Kernel* KernelLibrary::find(const std::string& name) const {
  for (std::uint32_t k = 0; k < table_->count; ++k) {
    if (table_->kernels[k].name == name) return &table_->kernels[k];
  }
  return nullptr;
}

std::shared_ptr<KernelLibrary> compile_library(const std::string& source, const CompileOptions& options) {
  const LibraryCache cache;
  const WorkFolder work(cache.root());
  const Compilation compilation(source, options, work.path());
  std::string file = cache.find(compilation.key());
  if (file.empty()) {
    compilation.compile();
    file = cache.keep(work, compilation.key());
  }
  return std::make_shared<KernelLibrary>(file);
}

}  // namespace metal_emulator
