#include "array/gpu/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "anneal/error.h"

namespace anneal::array::gpu {
namespace {

constexpr std::size_t few = 32, some = 128;

template <std::size_t size>
void launch_with(Gpu& gpu, const Compiled& kernel, const device::LaunchShape& shape,
                 const std::vector<std::int64_t>& words, std::vector<Argument> arguments) {
  std::array<std::int64_t, size> pass{};
  std::ranges::copy(words, pass.begin());
  arguments.emplace_back(pass);
  gpu.launch(kernel, shape, arguments);
}

}  // namespace

std::string Words::add(std::int64_t value) {
  if (words_.size() == most) {
    throw Error(ErrorCode::internal,
                fmt::format("a kernel of arrays has more than {} numbers as arguments: cut the pass", most));
  }
  words_.push_back(value);
  return fmt::format("pass.word[{}]", words_.size() - 1);
}

std::size_t Words::size() const { return words_.size() <= few ? few : words_.size() <= some ? some : most; }

std::string Words::definition() const { return fmt::format("struct Pass {{ i64 word[{}]; }};\n", size()); }

void Words::launch(Gpu& gpu, const Compiled& kernel, const device::LaunchShape& shape,
                   const std::vector<const std::byte*>& memory) const {
  const std::vector<Argument> arguments(memory.begin(), memory.end());
  const auto launch = size() == few ? &launch_with<few> : size() == some ? &launch_with<some> : &launch_with<most>;
  launch(gpu, kernel, shape, words_, arguments);
}

}  // namespace anneal::array::gpu
