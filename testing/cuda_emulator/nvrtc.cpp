#include "nvrtc.h"

#include <algorithm>
#include <string>

#include "compile.h"
#include "function_table.h"
#include "images.h"
#include "msl/library.h"

namespace cuda_emulator {
namespace {

constexpr int success = 0;
constexpr int compilation_failed = 6;
constexpr int capabilities[] = {80, 90};

struct Program {
  std::string text, name, log, image;
};

Program& program_of(void* handle) { return *static_cast<Program*>(handle); }

int create(void** program, const char* text, const char* name, int, const char* const*, const char* const*) {
  *program = new Program{text, name, "", ""};
  return success;
}

int destroy(void** program) {
  delete static_cast<Program*>(*program);
  *program = nullptr;
  return success;
}

int compile_program(void* handle, int, const char* const*) {
  Program& program = program_of(handle);
  try {
    program.image = image_of(compile(program.text, program.name));
    return success;
  } catch (const metal_emulator::CompileError& error) {
    program.log = error.what();
    return compilation_failed;
  }
}

int log_size(void* handle, std::size_t* bytes) {
  *bytes = program_of(handle).log.size() + 1;
  return success;
}
int log(void* handle, char* to) {
  std::ranges::copy(program_of(handle).log + '\0', to);
  return success;
}
int image_size(void* handle, std::size_t* bytes) {
  *bytes = program_of(handle).image.size();
  return success;
}
int image(void* handle, char* to) {
  std::ranges::copy(program_of(handle).image, to);
  return success;
}
const char* error_text(int) { return "NVRTC_ERROR"; }

// The version is part of the key that images are kept by.
int version(int* major, int* minor) {
  *major = 0;
  *minor = static_cast<int>(fingerprint() & 0x7fffffff);
  return success;
}
int capability_count(int* count) {
  *count = static_cast<int>(std::size(capabilities));
  return success;
}
int copy_capabilities(int* to) {
  std::ranges::copy(capabilities, to);
  return success;
}

}  // namespace

std::shared_ptr<const anneal::device::cuda::VendorLibrary> make_nvrtc() {
  auto library = std::make_shared<FunctionTable>("the stand-in for NVRTC");
  library->add("nvrtcCreateProgram", create);
  library->add("nvrtcDestroyProgram", destroy);
  library->add("nvrtcCompileProgram", compile_program);
  library->add("nvrtcGetProgramLogSize", log_size);
  library->add("nvrtcGetProgramLog", log);
  library->add("nvrtcGetCUBINSize", image_size);
  library->add("nvrtcGetCUBIN", image);
  library->add("nvrtcGetPTXSize", image_size);
  library->add("nvrtcGetPTX", image);
  library->add("nvrtcGetErrorString", error_text);
  library->add("nvrtcVersion", version);
  library->add("nvrtcGetNumSupportedArchs", capability_count);
  library->add("nvrtcGetSupportedArchs", copy_capabilities);
  return library;
}

}  // namespace cuda_emulator
