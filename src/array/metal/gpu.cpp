#include "array/metal/gpu.h"

#include <algorithm>
#include <vector>

#include "array/gpu/compiled_texts.h"
#include "device/buffer_pool.h"
#include "device/metal/device.h"

namespace anneal::array::metal {
namespace {

using device::BufferPool;
using device::MemoryKind;

class CompiledKernel final : public gpu::Compiled {
 public:
  CompiledKernel(device::metal::Device& device, std::string text, std::string name)
      : text_(std::move(text)), name_(std::move(name)), source_(name_, text_),
        largest_group_(static_cast<unsigned>(device.kernels().attributes(ref()).max_threads)) {}

  device::metal::KernelRef ref() const { return {name_, &source_, {}}; }
  unsigned largest_group() const override { return largest_group_; }

 private:
  std::string text_;
  std::string name_;
  device::metal::Source source_;
  unsigned largest_group_;
};

// Memory that was lent may outlive the Gpu.
struct State {
  State(device::metal::Runtime& runtime, int ordinal)
      : device(runtime, ordinal), is_unified(device.limits().unified_memory),
        memory(device, is_unified ? MemoryKind::shared : MemoryKind::device, budget()), queue(device) {}

  // Of unified memory, the host needs some, too.
  std::uint64_t budget() const { return is_unified ? device.free_memory() / 2 : device.free_memory() / 10 * 9; }

  device::metal::Device device;
  bool is_unified;
  BufferPool memory;
  device::metal::Queue queue;
};

class Gpu final : public gpu::Gpu {
 public:
  Gpu(device::metal::Runtime& runtime, int ordinal, std::string name)
      : name_(std::move(name)), state_(std::make_shared<State>(runtime, ordinal)) {}

  const std::string& name() const override { return name_; }
  std::string identity() const override { return state_->device.identity(); }
  gpu::Dialect dialect() const override { return gpu::Dialect::msl; }
  bool has_f64() const override { return false; }
  bool has_matrices() const override { return state_->device.properties().has_matrices; }
  // Metal does not tell; Apple's GPUs have 7 to 80 cores.
  int units() const override { return std::max(16, state_->device.limits().units); }
  std::uint64_t memory_budget() const override { return state_->memory.usage().limit; }

  std::shared_ptr<std::byte> allocate(std::size_t bytes) override {
    struct Lent {
      std::shared_ptr<State> state;
      device::Buffer<std::byte> buffer;
    };
    const auto lent = std::make_shared<Lent>(state_, state_->memory.acquire<std::byte>(bytes > 0 ? bytes : 128));
    return {lent, lent->buffer.data()};
  }

  void upload(std::byte* to, const void* from, std::size_t bytes) override {
    if (bytes == 0) return;
    state_->queue.copy(to, from, bytes);
    state_->queue.synchronize();
  }
  void download(void* to, const std::byte* from, std::size_t bytes) override {
    if (bytes > 0) state_->queue.copy(to, from, bytes);
    state_->queue.synchronize();
  }
  void copy(std::byte* to, const std::byte* from, std::size_t bytes) override {
    if (bytes > 0) state_->queue.copy(to, from, bytes);
  }
  void fill(std::byte* to, unsigned char value, std::size_t bytes) override {
    if (bytes > 0) state_->queue.fill(to, value, bytes);
  }

  std::shared_ptr<const gpu::Compiled> compile(const std::string& text, const std::string& name) override {
    return compiled_.get(text, name, [&] {
      return std::make_shared<CompiledKernel>(state_->device, std::string(gpu::prelude(gpu::Dialect::msl)) + text,
                                              name);
    });
  }

  void launch(const gpu::Compiled& kernel, const device::LaunchShape& shape,
              std::span<const gpu::Argument> arguments) override {
    std::vector<device::metal::Argument> bound;
    bound.reserve(arguments.size());
    for (const gpu::Argument& argument : arguments) bound.push_back(metal_argument(argument));
    state_->queue.launch(static_cast<const CompiledKernel&>(kernel).ref(), shape, bound);
  }
  void synchronize() override { state_->queue.synchronize(); }

 private:
  static device::metal::Argument metal_argument(const gpu::Argument& argument) {
    return argument.is_memory() ? device::metal::Argument(argument.data())
                                : device::metal::Argument(argument.data(), argument.bytes());
  }

  std::string name_;
  std::shared_ptr<State> state_;
  gpu::CompiledTexts compiled_;
};

}  // namespace

std::unique_ptr<gpu::Gpu> open_gpu(device::metal::Runtime& runtime, int ordinal, std::string name) {
  return std::make_unique<Gpu>(runtime, ordinal, std::move(name));
}

}  // namespace anneal::array::metal
