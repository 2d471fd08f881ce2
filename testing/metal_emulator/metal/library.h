// Libraries, functions, pipelines, and the objects that describe them.
#pragma once

#include <memory>
#include <string>

#include "metal/labelled.h"
#include "metal/types.h"
#include "msl/library.h"

namespace metal_emulator {

class Library : public DeviceObject {
 public:
  Library(Device& device, std::string source_, std::shared_ptr<KernelLibrary> kernels_)
      : DeviceObject("MTLLibrary", device), source(std::move(source_)), kernels(std::move(kernels_)) {}

  const std::string source;  ///< for functions with constants, which are compiled again
  const std::shared_ptr<KernelLibrary> kernels;
};

class KernelObject : public DeviceObject {
 public:
  KernelObject(Device& device, std::shared_ptr<KernelLibrary> library_, const Kernel& kernel_)
      : DeviceObject("MTLFunction", device), library(std::move(library_)), kernel(kernel_) {}

  const std::shared_ptr<KernelLibrary> library;
  const Kernel& kernel;
};

class FunctionConstants : public Object {
 public:
  FunctionConstants() : Object("MTLFunctionConstantValues") {}

  ConstantTexts values;
};

class CompileOptionsObject : public Object {
 public:
  CompileOptionsObject() : Object("MTLCompileOptions") {}
};

/// Nil, with an error, where it does not compile.
id new_library(Device& device, const std::string& source, id* error);

void add_library_methods();

}  // namespace metal_emulator
