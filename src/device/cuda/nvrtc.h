// NVIDIA's compiler for CUDA's C++ at run time.
#pragma once

#include <string>
#include <vector>

#include "device/cuda/vendor_library.h"

namespace anneal::device::cuda {

/// What a text is compiled for.
struct CompileTarget {
  int capability = 0;  ///< 10 * major + minor
  /// Machine code of that capability; else PTX, which the driver compiles for the devices of higher ones.
  bool machine_code = true;

  std::string option() const;  ///< "--gpu-architecture=sm_90"
};

/// For a device of that capability by a compiler that knows those of `supported`, ascending: machine code, or PTX where
/// the device is newer than the compiler. Throws Error(unavailable) where it is older than all that the compiler knows.
CompileTarget compile_target(int capability, const std::vector<int>& supported);

/// Thread-safe. Functions and types as NVRTC 13.0 documents them; those used here have been there since 11.2.
class Nvrtc {
 public:
  /// `library` outlives it. Throws Error(unavailable) where the library lacks what is used here.
  explicit Nvrtc(const VendorLibrary& library);

  struct Outcome {
    std::string image;  ///< machine code or PTX, for cudaLibraryLoadData; empty where the text was refused
    std::string log;    ///< what the compiler says, warnings too
  };

  const std::string& version() const { return version_; }              ///< "NVRTC 13.0"
  const std::vector<int>& capabilities() const { return supported_; }  ///< ascending
  /// `name` stands for the text's file in the log. Throws Error(device_failed) where NVRTC itself fails.
  Outcome compile(const std::string& text, const std::string& name, const std::vector<std::string>& options,
                  bool machine_code) const;

 private:
  using Status = int;     // an nvrtcResult: 0 is success
  using Program = void*;  // an nvrtcProgram
  class OwnedProgram;
  using Size = Status(Program, std::size_t*);
  using Text = Status(Program, char*);

  void check(Status status, const char* what) const;
  std::string text_of(Program program, Size* size, Text* text, const char* what) const;

  std::string file_;
  Status (*create_)(Program*, const char* text, const char* name, int headers, const char* const*, const char* const*);
  Status (*destroy_)(Program*);
  Status (*compile_)(Program, int count, const char* const* options);
  Size *log_size_, *machine_code_size_, *ptx_size_;
  Text *log_, *machine_code_, *ptx_;
  const char* (*error_text_)(Status);
  std::string version_;
  std::vector<int> supported_;
};

}  // namespace anneal::device::cuda
