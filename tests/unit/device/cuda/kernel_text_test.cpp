#include "device/cuda/kernel_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>

#include "unit/base/temporary_folder.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

TEST(CompileTarget, IsMachineCodeForWhatTheCompilerKnows) {
  EXPECT_EQ(compile_target(90, {75, 80, 90, 120}).option(), "--gpu-architecture=sm_90");
  EXPECT_EQ(compile_target(75, {75, 80, 90, 120}).option(), "--gpu-architecture=sm_75");
}

TEST(CompileTarget, IsPtxForNewerDevices) {
  EXPECT_EQ(compile_target(103, {75, 80, 90}).option(), "--gpu-architecture=compute_90");
  EXPECT_EQ(compile_target(89, {75, 80, 90}).option(), "--gpu-architecture=compute_80");
}

TEST(CompileTarget, IsAnErrorForOlderDevices) {
  const auto error = error_of<Error>([] { compile_target(70, {75, 80}); });
  EXPECT_EQ(error.code(), ErrorCode::unavailable);
  EXPECT_NE(std::string(error.what()).find("7.5"), std::string::npos) << error.what();
  EXPECT_NE(std::string(error.what()).find("7.0"), std::string::npos) << error.what();
}

TEST(VendorLibrary, ThatIsMissingIsSaidToBe) {
  setenv("ANNEAL_CUDA_LIBRARIES", "/nowhere/a:/nowhere/b", 1);
  EXPECT_EQ(vendor_library_folders().at(1), "/nowhere/b");
  const auto error = error_of<Error>([] { open_vendor_library("anneal_has_none"); });
  unsetenv("ANNEAL_CUDA_LIBRARIES");
  EXPECT_EQ(error.code(), ErrorCode::unavailable);
  for (const char* part : {"libanneal_has_none.so.13", "/nowhere/a", "/nowhere/b", "ANNEAL_CUDA_LIBRARIES"}) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

// NVRTC as a library of functions that know two texts.
class FakeNvrtc final : public VendorLibrary {
 public:
  const std::string& file() const override { return file_; }
  void* symbol(const char* name) const override {
    const auto found = functions_.find(name);
    return found == functions_.end() ? nullptr : found->second;
  }

  static inline int compiled = 0;

 private:
  struct Program {
    std::string text, log, image;
  };
  template <class Function>
  static void* address(Function* function) {
    return reinterpret_cast<void*>(function);
  }
  static int create(void** program, const char* text, const char*, int, const char* const*, const char* const*) {
    *program = new Program{text, "", ""};
    return 0;
  }
  static int destroy(void** program) {
    delete static_cast<Program*>(*program);
    return 0;
  }
  static int compile(void* program, int count, const char* const* options) {
    Program& self = *static_cast<Program*>(program);
    ++compiled;
    for (int k = 0; k < count; ++k) self.image += std::string(options[k]) + " ";
    if (self.text.find("nowhere") == std::string::npos) return 0;
    self.log = "error: identifier \"nowhere\" is undefined";
    return 6;
  }
  static int log_size(void* program, std::size_t* bytes) {
    *bytes = static_cast<Program*>(program)->log.size() + 1;
    return 0;
  }
  static int log(void* program, char* to) {
    std::ranges::copy(static_cast<Program*>(program)->log + '\0', to);
    return 0;
  }
  static int image_size(void* program, std::size_t* bytes) {
    *bytes = static_cast<Program*>(program)->image.size() + 1;
    return 0;
  }
  static int image(void* program, char* to) {
    std::ranges::copy(static_cast<Program*>(program)->image + '\0', to);
    return 0;
  }
  static const char* error_text(int) { return "NVRTC_ERROR_FAKE"; }
  static int version(int* major, int* minor) {
    *major = 13;
    *minor = 9;
    return 0;
  }
  static int count(int* count) {
    *count = 2;
    return 0;
  }
  static int capabilities(int* all) {
    all[0] = 80;
    all[1] = 90;
    return 0;
  }

  std::string file_ = "libnvrtc.so.fake";
  std::map<std::string, void*> functions_ = {{"nvrtcCreateProgram", address(create)},
                                             {"nvrtcDestroyProgram", address(destroy)},
                                             {"nvrtcCompileProgram", address(compile)},
                                             {"nvrtcGetProgramLogSize", address(log_size)},
                                             {"nvrtcGetProgramLog", address(log)},
                                             {"nvrtcGetCUBINSize", address(image_size)},
                                             {"nvrtcGetCUBIN", address(image)},
                                             {"nvrtcGetPTXSize", address(image_size)},
                                             {"nvrtcGetPTX", address(image)},
                                             {"nvrtcGetErrorString", address(error_text)},
                                             {"nvrtcVersion", address(version)},
                                             {"nvrtcGetNumSupportedArchs", address(count)},
                                             {"nvrtcGetSupportedArchs", address(capabilities)}};
};

class KernelText : public testing::Test {
 protected:
  KernelText() { FakeNvrtc::compiled = 0; }

  test::TemporaryFolder folder_;  // of each test its own: they may run at the same time
  base::KeyedCache cache_{folder_.path()};
  FakeNvrtc library_;
  Nvrtc nvrtc_{library_};
};

TEST_F(KernelText, IsCompiledOnceForEachTextAndTarget) {
  const std::string image = compile_text(nvrtc_, 90, "one", "name", cache_);
  EXPECT_NE(image.find("sm_90"), std::string::npos) << image;
  EXPECT_EQ(compile_text(nvrtc_, 90, "one", "name", cache_), image);
  EXPECT_EQ(FakeNvrtc::compiled, 1);
  EXPECT_NE(compile_text(nvrtc_, 80, "one", "name", cache_), image);
  compile_text(nvrtc_, 90, "one more", "name", cache_);
  EXPECT_EQ(FakeNvrtc::compiled, 3);
  compile_text(Nvrtc(library_), 90, "one", "name", base::KeyedCache(folder_.path()));
  EXPECT_EQ(FakeNvrtc::compiled, 3);
}

TEST_F(KernelText, ThatDoesNotCompileIsNamed) {
  const auto error = error_of<RuntimeError>([this] { compile_text(nvrtc_, 90, "nowhere", "broken", cache_); });
  EXPECT_EQ(error.code(), ErrorCode::device_failed);
  EXPECT_NE(std::string(error.what()).find("kernel broken"), std::string::npos) << error.what();
  EXPECT_NE(std::string(error.what()).find("\"nowhere\" is undefined"), std::string::npos) << error.what();
}

TEST(LoadedKernel, IsFoundInItsImageAndGivenBack) {
  auto fake = make_fake();
  int doubled = 0;
  const test::FakeCuda::ImageKernel twice{
      {sizeof(int)}, [&](const LaunchShape&, void** arguments) { doubled = 2 * *static_cast<int*>(arguments[0]); }};
  fake->open_image = [&](const void* image) -> test::FakeCuda::Image {
    if (std::string(static_cast<const char*>(image)) != "an image") return nullptr;
    return [&](const std::string& name) { return name == "twice" ? &twice : nullptr; };
  };
  Runtime runtime(*fake);
  {
    Device device(runtime, 0);
    Queue queue(device);
    const LoadedKernel kernel(device, "an image", "twice");
    int value = 21;
    void* arguments[] = {&value};
    fake->hold();
    queue.launch(kernel.ref(), {}, arguments);
    value = 0;
    fake->let_go();
    queue.synchronize();
    EXPECT_EQ(doubled, 42);
    const auto no_such_kernel = error_of<RuntimeError>([&] { LoadedKernel(device, "an image", "thrice"); });
    EXPECT_NE(std::string(no_such_kernel.what()).find("kernel thrice"), std::string::npos) << no_such_kernel.what();
    const auto no_image = error_of<RuntimeError>([&] { LoadedKernel(device, "rubbish", "twice"); });
    EXPECT_NE(std::string(no_image.what()).find("kernel twice"), std::string::npos) << no_image.what();
  }
  EXPECT_EQ(fake->live(), 0u);
}

}  // namespace
}  // namespace anneal::device::cuda
