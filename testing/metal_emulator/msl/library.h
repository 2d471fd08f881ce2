// Libraries of kernels: from MSL source to code that runs here.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "msl/stdlib/kernel_abi.h"
#include "msl/translate.h"

namespace metal_emulator {

struct CompileOptions {
  ConstantTexts constants;
  bool checks = false;                 ///< accesses to memory call Services::access
  bool strict_address_spaces = false;  ///< see Settings
};

/// What the compiler said.
class CompileError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Compiled kernels, loaded as long as it lives.
class KernelLibrary {
 public:
  explicit KernelLibrary(const std::string& file);
  KernelLibrary(const KernelLibrary&) = delete;
  KernelLibrary& operator=(const KernelLibrary&) = delete;
  ~KernelLibrary();

  const KernelTable& table() const { return *table_; }
  /// Null where there is none.
  const Kernel* find(const std::string& name) const;

 private:
  void* handle_;
  const KernelTable* table_;
};

/// Compiles the source, or takes what an earlier run compiled from the cache. Throws CompileError.
std::shared_ptr<KernelLibrary> compile_library(const std::string& source, const CompileOptions& options);

}  // namespace metal_emulator
