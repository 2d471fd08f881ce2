#define NS_PRIVATE_IMPLEMENTATION
#define MTL_PRIVATE_IMPLEMENTATION
#include "gpu.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace metal_emulator {
namespace {

std::string described(const NS::Error* error) {
  return error == nullptr ? "no error is given" : error->localizedDescription()->utf8String();
}

}  // namespace

NS::String* text(const std::string& text) { return NS::String::string(text.c_str(), NS::UTF8StringEncoding); }

Gpu::Gpu() : Gpu(NS::TransferPtr(MTL::CreateSystemDefaultDevice())) {}

Gpu::Gpu(NS::UInteger place) : Gpu(NS::RetainPtr(NS::TransferPtr(MTL::CopyAllDevices())->object<MTL::Device>(place))) {}

Gpu::Gpu(NS::SharedPtr<MTL::Device> device) : device_(std::move(device)) {
  if (device_) queue_ = NS::TransferPtr(device_->newCommandQueue());
}

BufferRef Gpu::buffer(std::size_t bytes, MTL::ResourceOptions options) const {
  return NS::TransferPtr(device_->newBuffer(bytes, options));
}

std::string Gpu::compile(const std::string& source) {
  const Pool pool;
  NS::Error* error = nullptr;
  library_ = NS::TransferPtr(device_->newLibrary(text(source), nullptr, &error));
  return library_ ? "" : described(error);
}

PipelineRef Gpu::pipeline(const std::string& kernel, const MTL::FunctionConstantValues* constants) {
  const Pool pool;
  NS::Error* error = nullptr;
  const auto function = NS::TransferPtr(constants == nullptr ? library_->newFunction(text(kernel))
                                                             : library_->newFunction(text(kernel), constants, &error));
  PipelineRef pipeline;
  if (function) pipeline = NS::TransferPtr(device_->newComputePipelineState(function.get(), &error));
  if (!pipeline) error_ = error == nullptr ? "no kernel " + kernel : described(error);
  return pipeline;
}

std::string Gpu::run(const std::string& kernel, const Launch& launch) {
  const PipelineRef made = pipeline(kernel);
  return made ? run(made.get(), launch) : error_;
}

std::string Gpu::run(const MTL::ComputePipelineState* pipeline, const Launch& launch) const {
  const Pool pool;
  MTL::CommandBuffer* buffer = queue_->commandBuffer();
  MTL::ComputeCommandEncoder* encoder = buffer->computeCommandEncoder();
  encode(encoder, pipeline, launch);
  encoder->endEncoding();
  return finish(buffer);
}

void encode(MTL::ComputeCommandEncoder* encoder, const MTL::ComputePipelineState* pipeline, const Launch& launch) {
  encoder->setComputePipelineState(pipeline);
  NS::UInteger index = 0;
  for (MTL::Buffer* buffer : launch.buffers) encoder->setBuffer(buffer, 0, index++);
  if (!launch.bytes.empty()) encoder->setBytes(launch.bytes.data(), launch.bytes.size(), index);
  if (launch.threadgroup_bytes != 0) encoder->setThreadgroupMemoryLength(launch.threadgroup_bytes, 0);
  encoder->dispatchThreads(launch.threads, launch.group);
}

std::string finish(MTL::CommandBuffer* buffer) {
  const Pool pool;
  buffer->commit();
  buffer->waitUntilCompleted();
  if (buffer->status() == MTL::CommandBufferStatusCompleted) return "";
  return described(buffer->error());
}

std::string kernel_source(const std::string& name) {
  std::ifstream file(std::string(METAL_EMULATOR_KERNELS) + "/" + name);
  std::ostringstream source;
  source << file.rdbuf();
  EXPECT_FALSE(source.str().empty()) << name;
  return source.str();
}

EmulatorTest::EmulatorTest() : objects_before_(live_objects()) {
  reset();
  adjust([](Settings& settings) { settings.aborts = false; });
}

EmulatorTest::~EmulatorTest() {
  // A queue's thread gives up a completed command buffer after those who wait for it have been told.
  for (int k = 0; k < 5000 && live_objects() != objects_before_; ++k) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(live_objects(), objects_before_);
  EXPECT_EQ(leaked_without_pool(), 0);
  reset();
}

}  // namespace metal_emulator
