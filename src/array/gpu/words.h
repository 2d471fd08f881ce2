// The numbers that kernels get by value: sizes, strides and constants.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// Kernels have them as `pass.word[k]`, of type i64, where `pass` is their last parameter: a struct of one of few
/// sizes, as arguments' sizes are fixed.
class Words {
 public:
  /// So many fit, because CUDA's arguments have 4,096 bytes in all.
  static constexpr std::size_t most = 440;

  /// Returns the text that stands for `value`. Throws Error(internal) beyond `most`.
  std::string add(std::int64_t value);
  /// The struct's definition.
  std::string definition() const;
  /// Launches `kernel` with `memory` and this.
  void launch(Gpu& gpu, const Compiled& kernel, const device::LaunchShape& shape,
              const std::vector<const std::byte*>& memory) const;

 private:
  std::size_t size() const;

  std::vector<std::int64_t> words_;
};

/// The kernel of text(threads, words), which depends on the number of threads of a group, with as many as it may have
/// up to `threads`: kernels that need many registers are allowed fewer.
template <class Text>
std::shared_ptr<const Compiled> compile_for(Gpu& gpu, const char* name, unsigned& threads, Words& words,
                                            const Text& text) {
  while (true) {
    words = {};
    auto kernel = gpu.compile(text(threads, words), name);
    if (kernel->largest_group() >= threads) return kernel;
    threads /= 2;
  }
}

}  // namespace anneal::array::gpu
