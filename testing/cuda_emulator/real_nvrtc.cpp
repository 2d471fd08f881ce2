#include "real_nvrtc.h"

#include <iterator>
#include <memory>
#include <vector>

#include "anneal/error.h"
#include "device/cuda/kernel_text.h"
#include "grid/sanitizer.h"

namespace cuda_emulator {
namespace {

using anneal::device::cuda::CompileTarget;
using anneal::device::cuda::Nvrtc;

struct Found {
  std::unique_ptr<anneal::device::cuda::VendorLibrary> library;
  std::unique_ptr<Nvrtc> nvrtc;
  std::string why_not;
};

const Found& found() {
  static const Found result = [] {
    Found made;
#ifdef METAL_EMULATOR_ASAN
    made.why_not = "AddressSanitizer would report what NVRTC never frees";
    return made;
#endif
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

std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name, int capability) {
  const Nvrtc* const nvrtc = real_nvrtc();
  if (nvrtc == nullptr) return "";
  const Nvrtc::Outcome outcome = nvrtc->compile(text, name, options_for(capability), true);
  if (!outcome.image.empty() && outcome.log.empty()) return "";
  return nvrtc->version() + " for " + std::to_string(capability) + ": " + outcome.log;
}

std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name) {
  return complaint_of_real_nvrtc(text, name, nvrtc_capabilities[text.size() % std::size(nvrtc_capabilities)]);
}

std::string key_of_real_nvrtc() {
  if (real_nvrtc() == nullptr) return "no NVRTC";
  std::string key = real_nvrtc()->version();
  for (const int capability : nvrtc_capabilities) {
    for (const std::string& option : options_for(capability)) key += " " + option;
  }
  return key;
}

}  // namespace cuda_emulator
