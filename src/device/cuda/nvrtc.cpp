#include "device/cuda/nvrtc.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"

namespace anneal::device::cuda {
namespace {

constexpr int success = 0;
constexpr int compilation_failed = 6;  // NVRTC_ERROR_COMPILATION

}  // namespace

std::string CompileTarget::option() const {
  return fmt::format("--gpu-architecture={}_{}", machine_code ? "sm" : "compute", capability);
}

CompileTarget compile_target(int capability, const std::vector<int>& supported) {
  const auto above = std::ranges::upper_bound(supported, capability);
  if (above == supported.begin()) {
    throw Error(ErrorCode::unavailable,
                fmt::format("NVRTC compiles for compute capability {:.1f} and above, and the device has {:.1f}: "
                            "install an older NVRTC, or use another backend",
                            supported.empty() ? 0.0 : supported.front() / 10.0, capability / 10.0));
  }
  const int nearest = *std::prev(above);
  return {.capability = nearest, .machine_code = nearest == capability};
}

class Nvrtc::OwnedProgram {
 public:
  OwnedProgram(const Nvrtc& nvrtc, const std::string& text, const std::string& name) : nvrtc_(nvrtc) {
    nvrtc.check(nvrtc.create_(&program_, text.c_str(), name.c_str(), 0, nullptr, nullptr), "nvrtcCreateProgram");
  }
  OwnedProgram(const OwnedProgram&) = delete;
  OwnedProgram& operator=(const OwnedProgram&) = delete;
  ~OwnedProgram() { nvrtc_.destroy_(&program_); }
  Program get() const { return program_; }

 private:
  const Nvrtc& nvrtc_;
  Program program_ = nullptr;
};

Nvrtc::Nvrtc(const VendorLibrary& library) : file_(library.file()) {
  const auto find = [&library](auto*& function, const char* name) {
    function = function_of<std::remove_reference_t<decltype(*function)>>(library, name);
  };
  find(create_, "nvrtcCreateProgram");
  find(destroy_, "nvrtcDestroyProgram");
  find(compile_, "nvrtcCompileProgram");
  find(log_size_, "nvrtcGetProgramLogSize");
  find(log_, "nvrtcGetProgramLog");
  find(machine_code_size_, "nvrtcGetCUBINSize");
  find(machine_code_, "nvrtcGetCUBIN");
  find(ptx_size_, "nvrtcGetPTXSize");
  find(ptx_, "nvrtcGetPTX");
  find(error_text_, "nvrtcGetErrorString");

  int major = 0;
  int minor = 0;
  check(function_of<Status(int*, int*)>(library, "nvrtcVersion")(&major, &minor), "nvrtcVersion");
  version_ = fmt::format("NVRTC {}.{}", major, minor);
  int count = 0;
  check(function_of<Status(int*)>(library, "nvrtcGetNumSupportedArchs")(&count), "nvrtcGetNumSupportedArchs");
  supported_.resize(static_cast<std::size_t>(count));
  check(function_of<Status(int*)>(library, "nvrtcGetSupportedArchs")(supported_.data()), "nvrtcGetSupportedArchs");
}

void Nvrtc::check(Status status, const char* what) const {
  if (status == success) return;
  throw Error(ErrorCode::device_failed, fmt::format("{} of {} failed: {}; choose another backend if this goes on", what,
                                                    file_, error_text_(status)));
}

std::string Nvrtc::text_of(Program program, Size* size, Text* text, const char* what) const {
  std::size_t bytes = 0;
  check(size(program, &bytes), what);
  std::string result(bytes, '\0');
  if (bytes > 0) check(text(program, result.data()), what);
  return result;
}

Nvrtc::Outcome Nvrtc::compile(const std::string& text, const std::string& name, const std::vector<std::string>& options,
                              bool machine_code) const {
  const OwnedProgram program(*this, text, name);
  std::vector<const char*> words;
  words.reserve(options.size());
  for (const std::string& option : options) words.push_back(option.c_str());
  const Status status = compile_(program.get(), static_cast<int>(words.size()), words.data());
  if (status != compilation_failed) check(status, "nvrtcCompileProgram");
  Outcome outcome;
  outcome.log = text_of(program.get(), log_size_, log_, "nvrtcGetProgramLog");
  outcome.log.resize(outcome.log.find_last_not_of(std::string_view("\0\n", 2)) + 1);
  if (status == compilation_failed) return outcome;
  outcome.image = machine_code ? text_of(program.get(), machine_code_size_, machine_code_, "nvrtcGetCUBIN")
                               : text_of(program.get(), ptx_size_, ptx_, "nvrtcGetPTX");
  return outcome;
}

}  // namespace anneal::device::cuda
