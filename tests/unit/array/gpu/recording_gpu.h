// A GPU that keeps the texts of kernels, runs none, and has the host's memory.
#pragma once

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

class RecordingGpu final : public Gpu {
 public:
  struct Launch {
    std::string kernel;
    device::LaunchShape shape;
    std::size_t arguments;
  };

  explicit RecordingGpu(Dialect dialect = Dialect::cuda) : dialect_(dialect) {}

  const std::vector<std::pair<std::string, std::string>>& texts() const { return texts_; }  ///< and names
  const std::vector<Launch>& launches() const { return launches_; }

  const std::string& name() const override { return name_; }
  std::string identity() const override { return name_; }
  Dialect dialect() const override { return dialect_; }
  bool has_f64() const override { return dialect_ == Dialect::cuda; }
  int units() const override { return 132; }
  std::uint64_t memory_budget() const override { return std::uint64_t{1} << 40; }

  std::shared_ptr<std::byte> allocate(std::size_t bytes) override {
    return {static_cast<std::byte*>(std::aligned_alloc(128, (bytes + 128) / 128 * 128)), &std::free};
  }
  void upload(std::byte* to, const void* from, std::size_t bytes) override { std::memcpy(to, from, bytes); }
  void download(void* to, const std::byte* from, std::size_t bytes) override { std::memcpy(to, from, bytes); }
  void copy(std::byte* to, const std::byte* from, std::size_t bytes) override { std::memcpy(to, from, bytes); }
  void fill(std::byte* to, unsigned char value, std::size_t bytes) override { std::memset(to, value, bytes); }

  std::shared_ptr<const Compiled> compile(const std::string& text, const std::string& name) override {
    struct Kernel final : Compiled {
      explicit Kernel(std::string kernel) : name(std::move(kernel)) {}
      unsigned largest_group() const override { return 1024; }
      std::string name;
    };
    texts_.emplace_back(text, name);
    kernel_ = name;
    return std::make_shared<Kernel>(name);
  }
  void launch(const Compiled&, const device::LaunchShape& shape, std::span<const Argument> arguments) override {
    launches_.push_back({kernel_, shape, arguments.size()});
  }
  void synchronize() override {}

 private:
  std::string name_ = "recording";
  Dialect dialect_;
  std::string kernel_;
  std::vector<std::pair<std::string, std::string>> texts_;
  std::vector<Launch> launches_;
};

}  // namespace anneal::array::gpu
