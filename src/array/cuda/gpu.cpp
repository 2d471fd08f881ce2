#include "array/cuda/gpu.h"

#include <fmt/core.h>

#include <mutex>
#include <vector>

#include "array/cuda/blas_lt.h"
#include "array/cuda/finish.h"
#include "array/cuda/transfers.h"
#include "array/gpu/compiled_texts.h"
#include "device/buffer_pool.h"
#include "device/cuda/device.h"
#include "device/cuda/kernel_text.h"

namespace anneal::array::cuda {
namespace {

using device::BufferPool;
using device::MemoryKind;
using device::cuda::LoadedKernel;
using device::cuda::Nvrtc;

// Memory that was lent, and kernels, may outlive the Gpu. What the pool frees may still be in use by the queue:
// cudaFree waits for it.
struct State {
  State(device::cuda::Runtime& runtime, int ordinal)
      : nvrtc(runtime.api().vendor_library("nvrtc")), device(runtime, ordinal),
        memory(device, MemoryKind::device, device.free_memory() / 10 * 9), queue(device), transfers(device, queue) {}

  Nvrtc nvrtc;
  device::cuda::Device device;
  BufferPool memory;
  device::cuda::Queue queue;
  Transfers transfers;
};

class CompiledKernel final : public gpu::Compiled {
 public:
  CompiledKernel(std::shared_ptr<State> state, const std::string& image, const std::string& name)
      : state_(std::move(state)), kernel_(state_->device, image, name),
        largest_group_(static_cast<unsigned>(state_->device.kernels().attributes(ref()).max_threads)) {}
  ~CompiledKernel() override { state_->queue.drain(); }

  device::cuda::KernelRef ref() const { return kernel_.ref(); }
  unsigned largest_group() const override { return largest_group_; }

 private:
  std::shared_ptr<State> state_;
  LoadedKernel kernel_;
  unsigned largest_group_;
};

class Gpu final : public gpu::Gpu {
 public:
  Gpu(device::cuda::Runtime& runtime, int ordinal, std::string name)
      : name_(std::move(name)), state_(std::make_shared<State>(runtime, ordinal)),
        kernels_(base::KeyedCache::in_cache_dir("cuda_kernels")) {}

  const std::string& name() const override { return name_; }
  std::string identity() const override {
    const BlasLt* const library = products();
    return fmt::format("{}, {}, {}", state_->device.identity(), state_->nvrtc.version(),
                       library == nullptr ? "no cuBLASLt" : library->version());
  }
  gpu::Dialect dialect() const override { return gpu::Dialect::cuda; }
  bool has_f64() const override { return true; }
  int units() const override { return state_->device.limits().units; }
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
    state_->transfers.upload(to, static_cast<const std::byte*>(from), bytes);
  }
  void download(void* to, const std::byte* from, std::size_t bytes) override {
    state_->transfers.download(static_cast<std::byte*>(to), from, bytes);
  }
  void copy(std::byte* to, const std::byte* from, std::size_t bytes) override { state_->queue.copy(to, from, bytes); }
  void fill(std::byte* to, unsigned char value, std::size_t bytes) override { state_->queue.fill(to, value, bytes); }

  std::shared_ptr<const gpu::Compiled> compile(const std::string& text, const std::string& name) override {
    return compiled_.get(text, name, [&] {
      const std::string image =
          device::cuda::compile_text(state_->nvrtc, state_->device.properties().capability,
                                     std::string(gpu::prelude(gpu::Dialect::cuda)) + text, name, kernels_);
      return std::make_shared<CompiledKernel>(state_, image, name);
    });
  }

  void launch(const gpu::Compiled& kernel, const device::LaunchShape& shape,
              std::span<const gpu::Argument> arguments) override {
    // CUDA takes the address of each argument: of a pointer, that of the pointer itself.
    std::vector<const void*> memory(arguments.size());
    std::vector<void*> addresses(arguments.size());
    for (std::size_t k = 0; k < arguments.size(); ++k) {
      memory[k] = arguments[k].data();
      addresses[k] = arguments[k].is_memory() ? static_cast<void*>(&memory[k]) : const_cast<void*>(memory[k]);
    }
    state_->queue.launch(static_cast<const CompiledKernel&>(kernel).ref(), shape, addresses.data());
  }
  bool has_library() const override { return products() != nullptr; }
  bool multiply(const gpu::Product& product) override {
    BlasLt* const library = products();
    if (library == nullptr) return false;
    // relu() of a rounded sum is the rounded relu() of the sum.
    const bool is_finished = product.bias != nullptr || product.activation.value_or(Op::relu) != Op::relu;
    const bool is_rounded_late = is_finished && size_of(product.dtype) < sizeof(float);
    return is_rounded_late ? multiply_wide(*library, product) : multiply_in_place(*library, product);
  }
  void synchronize() override { state_->queue.synchronize(); }

 private:
  // The library adds a bias to some types only.
  bool multiply_in_place(BlasLt& library, const gpu::Product& product) {
    const bool has_bias = library.multiply(product, product.dtype);
    if (!has_bias && (product.bias == nullptr || !library.multiply(without_bias(product), product.dtype))) return false;
    finish(*this, product, product.c, product.dtype, has_bias);
    return true;
  }
  // What has 16 bits is rounded to them when it is finished: the library may round before it adds a bias.
  bool multiply_wide(BlasLt& library, const gpu::Product& product) {
    const auto count = static_cast<std::size_t>(product.batch * product.rows * product.columns);
    const std::shared_ptr<std::byte> sums = allocate(count * sizeof(float));
    gpu::Product wide = without_bias(product);
    wide.c = sums.get();
    if (!library.multiply(wide, DType::f32)) return false;
    finish(*this, product, sums.get(), DType::f32, false);
    return true;
  }
  static gpu::Product without_bias(gpu::Product product) {
    product.bias = nullptr;
    return product;
  }

  // Opened when it is needed: that takes longer than many a program.
  BlasLt* products() const try {
    std::call_once(products_are_opened_,
                   [this] { products_ = BlasLt::open(state_->device, state_->queue, state_->memory); });
    return products_.get();
  } catch (const Error& error) {
    // Without the memory that it works in, our own kernel does, this time.
    if (error.code() != ErrorCode::out_of_memory) throw;
    return nullptr;
  }

  std::string name_;
  std::shared_ptr<State> state_;
  mutable std::once_flag products_are_opened_;
  mutable std::unique_ptr<BlasLt> products_;  // null without cuBLASLt
  base::KeyedCache kernels_;
  gpu::CompiledTexts compiled_;
};

}  // namespace

std::unique_ptr<gpu::Gpu> open_gpu(device::cuda::Runtime& runtime, int ordinal, std::string name) {
  return std::make_unique<Gpu>(runtime, ordinal, std::move(name));
}

}  // namespace anneal::array::cuda
