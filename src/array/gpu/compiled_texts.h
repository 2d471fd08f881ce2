// Kernels by their text, each compiled once.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// Thread-safe. What fails to compile is tried again.
class CompiledTexts {
 public:
  std::shared_ptr<const Compiled> get(const std::string& text, const std::string& name,
                                      const std::function<std::shared_ptr<const Compiled>()>& compile) {
    const std::scoped_lock lock(mutex_);
    auto& compiled = known_[{text, name}];
    if (compiled == nullptr) compiled = compile();
    return compiled;
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Compiled>> known_;
};

}  // namespace anneal::array::gpu
