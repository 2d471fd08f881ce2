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

/// Thread-safe; who wants other kernels does not wait for one that is being compiled. What fails is tried again.
class CompiledTexts {
 public:
  std::shared_ptr<const Compiled> get(const std::string& text, const std::string& name,
                                      const std::function<std::shared_ptr<const Compiled>()>& compile) {
    Entry& entry = entry_of(text, name);
    const std::scoped_lock lock(entry.mutex);
    if (entry.compiled == nullptr) entry.compiled = compile();
    return entry.compiled;
  }

 private:
  struct Entry {
    std::mutex mutex;
    std::shared_ptr<const Compiled> compiled;
  };

  Entry& entry_of(const std::string& text, const std::string& name) {
    const std::scoped_lock lock(mutex_);
    return known_[{text, name}];
  }

  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Entry> known_;
};

}  // namespace anneal::array::gpu
