#include "device/cuda/vendor_library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <glob.h>

#include <cstdlib>
#include <optional>
#include <sstream>

#include "anneal/error.h"

namespace anneal::device::cuda {
namespace {

constexpr int versions[] = {13, 12};

class OpenLibrary final : public VendorLibrary {
 public:
  OpenLibrary(std::string file, void* handle) : file_(std::move(file)), handle_(handle) {}
  const std::string& file() const override { return file_; }
  void* symbol(const char* name) const override { return dlsym(handle_, name); }

 private:
  std::string file_;
  void* handle_;
};

std::string environment(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

std::vector<std::string> files_like(const std::string& pattern) {
  glob_t found{};
  std::vector<std::string> files;
  if (glob(pattern.c_str(), 0, nullptr, &found) == 0) files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  return files;
}

std::unique_ptr<VendorLibrary> opened(const std::string& file) {
  void* const handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  return handle == nullptr ? nullptr : std::make_unique<OpenLibrary>(file, handle);
}

std::unique_ptr<VendorLibrary> open_in(const std::string& folder, const std::string& file_name) {
  if (folder.empty()) return opened(file_name);
  for (const std::string& file : files_like(fmt::format("{}/{}", folder, file_name))) {
    if (auto library = opened(file)) return library;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> vendor_library_folders() {
  std::vector<std::string> folders;
  std::istringstream given(environment("ANNEAL_CUDA_LIBRARIES"));
  for (std::string folder; std::getline(given, folder, ':');) {
    if (!folder.empty()) folders.push_back(folder);
  }
  folders.emplace_back();
  for (const std::string& toolkit :
       {environment("CUDA_HOME"), environment("CUDA_PATH"), std::string("/usr/local/cuda"), std::string("/opt/cuda")}) {
    if (!toolkit.empty()) folders.insert(folders.end(), {toolkit + "/lib64", toolkit + "/lib"});
  }
  for (const std::string& python :
       {environment("VIRTUAL_ENV"), environment("CONDA_PREFIX"), std::string("/usr/local"), std::string("/usr")}) {
    if (python.empty()) continue;
    folders.insert(folders.end(), {python + "/lib", python + "/lib/python3*/*-packages/nvidia/*/lib"});
  }
  return folders;
}

std::unique_ptr<VendorLibrary> open_vendor_library(const std::string& name) {
  const std::vector<std::string> folders = vendor_library_folders();
  for (const std::string& folder : folders) {
    for (const int version : versions) {
      if (auto library = open_in(folder, fmt::format("lib{}.so.{}", name, version))) return library;
    }
  }
  throw Error(ErrorCode::unavailable,
              fmt::format("lib{}.so.{} was not found by the system's loader, nor in the folders {}: install the CUDA "
                          "toolkit or NVIDIA's Python packages, or name the folder that it is in in the environment "
                          "variable ANNEAL_CUDA_LIBRARIES",
                          name, fmt::join(versions, " or ."), fmt::join(folders, " ")));
}

void throw_no_function(const VendorLibrary& library, const char* name) {
  throw Error(ErrorCode::unavailable,
              fmt::format("{} has no function {}: install version {} of it", library.file(), name, versions[0]));
}

}  // namespace anneal::device::cuda
