// The only source that includes Apple's metal-cpp, and where its functions are defined.
#define NS_PRIVATE_IMPLEMENTATION
#define MTL_PRIVATE_IMPLEMENTATION
#include "device/metal/toolkit.h"

#include <sys/utsname.h>

#include <Foundation/Foundation.hpp>
#include <Metal/Metal.hpp>
#include <string_view>
#include <type_traits>
#include <utility>

namespace anneal::device::metal {
namespace {

/// What is autoreleased while it lives goes with it: one in every function that Metal is called from.
class Pool {
 public:
  Pool() : pool_(NS::AutoreleasePool::alloc()->init()) {}
  ~Pool() { pool_->release(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

 private:
  NS::AutoreleasePool* pool_;
};

/// Takes over the one reference that a function whose name begins with `new`, `alloc` or `copy` returns.
template <class T>
Object own(T* object) {
  if (object == nullptr) return {};
  return Object(object, [](void* last) {
    const Pool pool;
    static_cast<T*>(last)->release();
  });
}

template <class T>
T* as(const Object& object) {
  return static_cast<T*>(object.get());
}

NS::String* string_of(std::string_view text) {
  return NS::String::string(std::string(text).c_str(), NS::UTF8StringEncoding);
}

std::string text_of(const NS::String* string) { return string == nullptr ? "" : string->utf8String(); }

std::string message_of(const NS::Error* error) {
  return error == nullptr ? "Metal gives no reason" : text_of(error->localizedDescription());
}

/// Success where Metal made an object.
Outcome made(const Object& object, Status otherwise, const NS::Error* error = nullptr) {
  if (object) return {};
  return {otherwise, message_of(error)};
}

Extent extent_of(const MTL::Size& size) {
  return {static_cast<unsigned>(size.width), static_cast<unsigned>(size.height), static_cast<unsigned>(size.depth)};
}
MTL::Size size_of(const Extent& extent) { return {extent.x, extent.y, extent.z}; }

/// The newest of each kind of families that the device is of.
std::string families_of(MTL::Device* device) {
  struct Kind {
    std::string_view name;
    int first, last;  // of MTL::GPUFamily
    int base;
  };
  constexpr Kind kinds[] = {
      {"Apple", MTL::GPUFamilyApple1, MTL::GPUFamilyApple1 + 9, MTL::GPUFamilyApple1 - 1},
      {"Mac", MTL::GPUFamilyMac1, MTL::GPUFamilyMac2, MTL::GPUFamilyMac1 - 1},
      {"Metal", MTL::GPUFamilyMetal3, MTL::GPUFamilyMetal3 + 1, MTL::GPUFamilyMetal3 - 3},
  };
  std::string families;
  for (const Kind& kind : kinds) {
    int newest = kind.last;
    while (newest >= kind.first && !device->supportsFamily(static_cast<MTL::GPUFamily>(newest))) --newest;
    if (newest < kind.first) continue;
    families += (families.empty() ? "" : ", ") + std::string(kind.name) + std::to_string(newest - kind.base);
  }
  return families;
}

MTL::ResourceOptions options_of(Storage storage) {
  switch (storage) {
    case Storage::managed:
      return MTL::ResourceStorageModeManaged;
    case Storage::on_device:
      return MTL::ResourceStorageModePrivate;
    case Storage::shared:
      break;
  }
  return MTL::ResourceStorageModeShared;
}

/// Puts commands into encoders of a command buffer: neighbours of one kind share one.
class Encoding {
 public:
  Encoding(MTL::CommandBuffer* buffer, NS::String* label) : buffer_(buffer), label_(label) {}
  ~Encoding() { end(); }
  Encoding(const Encoding&) = delete;
  Encoding& operator=(const Encoding&) = delete;

  void operator()(const Dispatch& dispatch) {
    MTL::ComputeCommandEncoder* encoder = compute();
    encoder->setComputePipelineState(as<MTL::ComputePipelineState>(dispatch.pipeline));
    NS::UInteger index = 0;
    for (const Binding& binding : dispatch.bindings) {
      if (binding.buffer) {
        encoder->setBuffer(as<MTL::Buffer>(binding.buffer), binding.offset, index);
      } else {
        encoder->setBytes(binding.bytes.data(), binding.bytes.size(), index);
      }
      ++index;
    }
    // Metal takes multiples of 16.
    const std::size_t shared_bytes = (dispatch.shape.shared_bytes + 15) / 16 * 16;
    if (shared_bytes != 0) encoder->setThreadgroupMemoryLength(shared_bytes, 0);
    encoder->pushDebugGroup(string_of(dispatch.name));
    encoder->dispatchThreadgroups(size_of(dispatch.shape.grid), size_of(dispatch.shape.group));
    encoder->popDebugGroup();
  }

  void operator()(const CopyBytes& copy) {
    blit()->copyFromBuffer(as<MTL::Buffer>(copy.from), copy.from_offset, as<MTL::Buffer>(copy.to), copy.to_offset,
                           copy.bytes);
  }

  void operator()(const FillBytes& fill) {
    blit()->fillBuffer(as<MTL::Buffer>(fill.to), NS::Range::Make(fill.offset, fill.bytes), fill.value);
  }

  void operator()(const Fetch& fetch) { blit()->synchronizeResource(as<MTL::Buffer>(fetch.buffer)); }

  void end() {
    if (compute_ != nullptr) compute_->endEncoding();
    if (blit_ != nullptr) blit_->endEncoding();
    compute_ = nullptr;
    blit_ = nullptr;
  }

 private:
  MTL::ComputeCommandEncoder* compute() {
    if (compute_ != nullptr) return compute_;
    end();
    compute_ = buffer_->computeCommandEncoder();
    compute_->setLabel(label_);
    return compute_;
  }

  MTL::BlitCommandEncoder* blit() {
    if (blit_ != nullptr) return blit_;
    end();
    blit_ = buffer_->blitCommandEncoder();
    blit_->setLabel(label_);
    return blit_;
  }

  MTL::CommandBuffer* buffer_;
  NS::String* label_;
  MTL::ComputeCommandEncoder* compute_ = nullptr;
  MTL::BlitCommandEncoder* blit_ = nullptr;
};

Completion completion_of(MTL::CommandBuffer* buffer) {
  Completion completion{.outcome = {}, .begin = buffer->GPUStartTime(), .end = buffer->GPUEndTime()};
  if (buffer->status() == MTL::CommandBufferStatusCompleted) return completion;
  const NS::Error* error = buffer->error();
  const auto code = error == nullptr ? 0 : static_cast<Status>(error->code());
  completion.outcome = {code == status::success ? status::internal : code, message_of(error)};
  return completion;
}

Object new_function(MTL::Library* library, const std::string& name, std::span<const Constant> constants,
                    NS::Error*& error) {
  if (constants.empty()) return own(library->newFunction(string_of(name)));
  const Object values = own(MTL::FunctionConstantValues::alloc()->init());
  for (const Constant& constant : constants) {
    std::visit(
        [&](const auto& value) {
          using Value = std::remove_cvref_t<decltype(value)>;
          constexpr MTL::DataType type = std::is_same_v<Value, bool>           ? MTL::DataTypeBool
                                         : std::is_same_v<Value, std::int32_t> ? MTL::DataTypeInt
                                                                               : MTL::DataTypeUInt;
          as<MTL::FunctionConstantValues>(values)->setConstantValue(&value, type, NS::UInteger{constant.index});
        },
        constant.value);
  }
  return own(library->newFunction(string_of(name), as<MTL::FunctionConstantValues>(values), &error));
}

class Toolkit final : public RuntimeApi {
 public:
  Outcome devices(std::vector<Object>& devices) override {
    const Pool pool;
    devices.clear();
    const Object first = own(MTL::CreateSystemDefaultDevice());
    if (first) devices.push_back(first);
    const Object all = own(MTL::CopyAllDevices());
    const NS::UInteger count = all ? as<NS::Array>(all)->count() : 0;
    for (NS::UInteger i = 0; i < count; ++i) {
      auto* device = as<NS::Array>(all)->object<MTL::Device>(i);
      const bool is_first = first && device->registryID() == as<MTL::Device>(first)->registryID();
      if (!is_first) devices.push_back(own(device->retain()));
    }
    return {};
  }

  Outcome properties(const Object& object, DeviceProperties& properties) override {
    const Pool pool;
    auto* device = as<MTL::Device>(object);
    properties = {
        .name = text_of(device->name()),
        .family = families_of(device),
        .id = device->registryID(),
        .memory = device->recommendedMaxWorkingSetSize(),
        .largest_buffer = device->maxBufferLength(),
        .largest_group = extent_of(device->maxThreadsPerThreadgroup()),
        .threadgroup_bytes = device->maxThreadgroupMemoryLength(),
        .unified_memory = device->hasUnifiedMemory(),
        .has_simdgroups = device->supportsFamily(MTL::GPUFamilyApple7) || device->supportsFamily(MTL::GPUFamilyMac2),
        .has_matrices = device->supportsFamily(MTL::GPUFamilyApple7),
    };
    return {};
  }

  std::uint64_t allocated(const Object& device) override { return as<MTL::Device>(device)->currentAllocatedSize(); }

  std::string system_version() override {
    utsname names{};
    if (uname(&names) != 0) return "unknown system";
    return std::string(names.sysname) + " " + names.release;
  }

  Outcome create_queue(const Object& device, const std::string& label, Object& queue) override {
    const Pool pool;
    queue = own(as<MTL::Device>(device)->newCommandQueue());
    if (queue) as<MTL::CommandQueue>(queue)->setLabel(string_of(label));
    return made(queue, status::no_object);
  }

  Outcome create_buffer(const Object& device, std::size_t bytes, Storage storage, const std::string& label,
                        Object& buffer, void*& contents) override {
    const Pool pool;
    contents = nullptr;
    const std::size_t most = as<MTL::Device>(device)->maxBufferLength();
    if (bytes > most) return {status::out_of_memory, "the largest buffer has " + std::to_string(most) + " bytes"};
    buffer = own(as<MTL::Device>(device)->newBuffer(bytes, options_of(storage)));
    if (!buffer) return {status::out_of_memory, "Metal gives no buffer"};
    as<MTL::Buffer>(buffer)->setLabel(string_of(label));
    if (storage != Storage::on_device) contents = as<MTL::Buffer>(buffer)->contents();
    return {};
  }

  void host_wrote(const Object& buffer, std::size_t offset, std::size_t bytes) override {
    const Pool pool;
    as<MTL::Buffer>(buffer)->didModifyRange(NS::Range::Make(offset, bytes));
  }

  Outcome create_library(const Object& device, const std::string& source, const std::string& label,
                         Object& library) override {
    const Pool pool;
    const Object options = own(MTL::CompileOptions::alloc()->init());
    as<MTL::CompileOptions>(options)->setLanguageVersion(MTL::LanguageVersion2_4);
    as<MTL::CompileOptions>(options)->setFastMathEnabled(false);
    NS::Error* error = nullptr;
    library = own(as<MTL::Device>(device)->newLibrary(string_of(source), as<MTL::CompileOptions>(options), &error));
    if (library) as<MTL::Library>(library)->setLabel(string_of(label));
    return made(library, status::not_compiled, error);
  }

  Outcome create_pipeline(const Object& library, const std::string& function, std::span<const Constant> constants,
                          Object& pipeline, KernelAttributes& attributes) override {
    const Pool pool;
    NS::Error* error = nullptr;
    const Object made_function = new_function(as<MTL::Library>(library), function, constants, error);
    if (!made_function) {
      return {status::not_compiled, error == nullptr ? "its source has no such function" : message_of(error)};
    }
    const Object descriptor = own(MTL::ComputePipelineDescriptor::alloc()->init());
    as<MTL::ComputePipelineDescriptor>(descriptor)->setComputeFunction(as<MTL::Function>(made_function));
    as<MTL::ComputePipelineDescriptor>(descriptor)->setLabel(string_of(function));
    MTL::Device* device = as<MTL::Library>(library)->device();
    pipeline = own(device->newComputePipelineState(as<MTL::ComputePipelineDescriptor>(descriptor),
                                                   MTL::PipelineOptionNone, nullptr, &error));
    if (!pipeline) return made(pipeline, status::not_compiled, error);
    const auto* state = as<MTL::ComputePipelineState>(pipeline);
    attributes = {.max_threads = static_cast<int>(state->maxTotalThreadsPerThreadgroup()),
                  .execution_width = static_cast<int>(state->threadExecutionWidth()),
                  .threadgroup_bytes = state->staticThreadgroupMemoryLength()};
    return {};
  }

  Outcome commit(const Object& queue, std::span<const Command> commands, const std::string& label,
                 std::function<void(const Completion&)> completed) override {
    const Pool pool;
    MTL::CommandBuffer* buffer = as<MTL::CommandQueue>(queue)->commandBuffer();
    if (buffer == nullptr) return {status::no_object, "Metal gives no command buffer"};
    NS::String* name = string_of(label);
    buffer->setLabel(name);
    Encoding encoding(buffer, name);
    for (const Command& command : commands) std::visit(encoding, command);
    encoding.end();
    buffer->addCompletedHandler([completed = std::move(completed)](MTL::CommandBuffer* done) {
      const Pool handler_pool;
      completed(completion_of(done));
    });
    buffer->commit();
    return {};
  }
};

}  // namespace

RuntimeApi* toolkit_api() {
  static Toolkit& toolkit = *new Toolkit;  // never destroyed: Metal's threads may outlive static objects
  return &toolkit;
}

}  // namespace anneal::device::metal
