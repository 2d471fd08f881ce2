#include "metal/library.h"

#include <cstdio>
#include <cstring>

#include "objc/class.h"
#include "settings.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr const char* domain = "MTLLibraryErrorDomain";
constexpr Integer compile_failure = 3, function_not_found = 5;  // MTLLibraryError

std::shared_ptr<KernelLibrary> compile(const std::string& source, const ConstantTexts& constants, id* error) {
  const Settings current = settings();
  try {
    return compile_library(source, {constants, current.checks, current.strict_address_spaces});
  } catch (const CompileError& failure) {
    leave_error(error, domain, compile_failure, failure.what());
    return nullptr;
  }
}

template <class T>
T value_at(const void* place) {
  T value;
  std::memcpy(&value, place, sizeof value);
  return value;
}

/// MTLDataType.
std::string constant_text(const void* value, UInteger type) {
  switch (type) {
    case 3: {
      char text[48];
      std::snprintf(text, sizeof text, "%af", static_cast<double>(value_at<float>(value)));
      return text;
    }
    case 29:
      return std::to_string(value_at<int>(value));
    case 33:
      return std::to_string(value_at<unsigned>(value)) + "u";
    case 37:
      return std::to_string(value_at<short>(value));
    case 41:
      return std::to_string(value_at<unsigned short>(value));
    case 45:
      return std::to_string(value_at<signed char>(value));
    case 49:
      return std::to_string(value_at<unsigned char>(value));
    case 53:
      return value_at<char>(value) != 0 ? "true" : "false";
    default:
      stop("function constants of MTLDataType " + std::to_string(type) + " are not emulated");
  }
}

id new_function(id self, SEL, id name) {
  const auto* library = object_of<Library>(self);
  const Kernel* kernel = library->kernels->find(text_of(name));
  return kernel == nullptr ? nullptr : new KernelObject(library->device(), library->kernels, *kernel);
}

id new_specialised_function(id self, SEL, id name, id constants, id* error) {
  const auto* library = object_of<Library>(self);
  const auto kernels = compile(library->source, object_of<FunctionConstants>(constants)->values, error);
  if (!kernels) return nullptr;
  const Kernel* kernel = kernels->find(text_of(name));
  if (kernel != nullptr) return new KernelObject(library->device(), kernels, *kernel);
  leave_error(error, domain, function_not_found, "there is no function '" + text_of(name) + "'");
  return nullptr;
}

id function_names(id self, SEL) {
  auto* names = new Array;
  const KernelTable& table = object_of<Library>(self)->kernels->table();
  for (std::uint32_t k = 0; k < table.count; ++k) {
    auto* name = new String(table.kernels[k].name);
    names->elements.emplace_back(name);
    name->release();
  }
  return autoreleased(names);
}

}  // namespace

id new_library(Device& device, const std::string& source, id* error) {
  if (next_call(Fault::library).fails) {
    leave_error(error, domain, compile_failure, "program_source:1:1: error: a fault that the test planned");
    return nullptr;
  }
  auto kernels = compile(source, {}, error);
  return kernels ? new Library(device, source, std::move(kernels)) : nullptr;
}

void add_library_methods() {
  add_device_object_methods("MTLLibrary");
  add_methods("MTLLibrary", {method("newFunctionWithName:", new_function),
                             method("newFunctionWithName:constantValues:error:", new_specialised_function),
                             method("functionNames", function_names)});
  add_device_object_methods("MTLFunction");
  add_methods("MTLFunction",
              {method("name", [](id self, SEL) { return new_text(object_of<KernelObject>(self)->kernel.name); })});

  add_class_methods("MTLFunctionConstantValues",
                    {method("alloc", [](id, SEL) -> id { return new FunctionConstants; })});
  add_methods(
      "MTLFunctionConstantValues",
      {method("setConstantValue:type:atIndex:", [](id self, SEL, const void* value, UInteger type, UInteger index) {
        object_of<FunctionConstants>(self)->values[static_cast<unsigned>(index)] = constant_text(value, type);
      })});

  // Nothing here depends on them: arithmetic is IEEE's, whatever is asked for.
  add_class_methods("MTLCompileOptions", {method("alloc", [](id, SEL) -> id { return new CompileOptionsObject; })});
  add_methods(
      "MTLCompileOptions",
      {method("setLanguageVersion:", [](id, SEL, UInteger) {}), method("setFastMathEnabled:", [](id, SEL, bool) {}),
       method("setMathMode:", [](id, SEL, Integer) {}), method("setOptimizationLevel:", [](id, SEL, Integer) {})});
}

}  // namespace metal_emulator
