// A library of NVIDIA's as functions of the tests.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "device/cuda/vendor_library.h"

namespace cuda_emulator {

class FunctionTable : public anneal::device::cuda::VendorLibrary {
 public:
  explicit FunctionTable(std::string file) : file_(std::move(file)) {}

  template <class Function>
  void add(const std::string& name, Function* function) {
    functions_[name] = reinterpret_cast<void*>(function);
  }

  const std::string& file() const override { return file_; }
  void* symbol(const char* name) const override {
    const auto found = functions_.find(name);
    return found == functions_.end() ? nullptr : found->second;
  }

 private:
  std::string file_;
  std::map<std::string, void*> functions_;
};

}  // namespace cuda_emulator
