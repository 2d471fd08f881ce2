#include "real_nvrtc.h"

#include <memory>
#include <vector>

#include "anneal/error.h"
#include "device/cuda/kernel_text.h"

namespace cuda_emulator {
namespace {

using anneal::device::cuda::CompileTarget;
using anneal::device::cuda::Nvrtc;

// The A100's, the H100's, and Blackwell's of workstations.
constexpr int capabilities[] = {80, 90, 120};

struct Found {
  std::unique_ptr<anneal::device::cuda::VendorLibrary> library;
  std::unique_ptr<Nvrtc> nvrtc;
  std::string why_not;
};

const Found& found() {
  static const Found result = [] {
    Found made;
    try {
      made.library = anneal::device::cuda::open_vendor_library("nvrtc");
      made.nvrtc = std::make_unique<Nvrtc>(*made.library);
    } catch (const anneal::Error& error) {
      made.why_not = error.what();
    }
    return made;
  }();
  return result;
}

std::vector<std::string> options_for(int capability) {
  std::vector<std::string> options = anneal::device::cuda::compile_options();
  options.push_back(CompileTarget{.capability = capability}.option());
  return options;
}

}  // namespace

const Nvrtc* real_nvrtc() { return found().nvrtc.get(); }
const std::string& why_no_real_nvrtc() { return found().why_not; }

std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name) {
  const Nvrtc* const nvrtc = real_nvrtc();
  if (nvrtc == nullptr) return "";
  for (const int capability : capabilities) {
    const Nvrtc::Outcome outcome = nvrtc->compile(text, name, options_for(capability), true);
    if (outcome.image.empty() || !outcome.log.empty()) {
      return nvrtc->version() + " for " + std::to_string(capability) + ": " + outcome.log;
    }
  }
  return "";
}

std::string key_of_real_nvrtc() {
  if (real_nvrtc() == nullptr) return "no NVRTC";
  std::string key = real_nvrtc()->version();
  for (const int capability : capabilities) {
    for (const std::string& option : options_for(capability)) key += " " + option;
  }
  return key;
}

}  // namespace cuda_emulator
