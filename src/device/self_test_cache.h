// Remembers which backends have passed their self-test on this machine.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/keyed_cache.h"

namespace anneal::device {

/// Passes are kept in files and failures only for the life of the object: a failing backend is tested again by the
/// next process. A cache that cannot be read or written means more tests, never an error. Thread-safe.
class SelfTestCache {
 public:
  /// `files` keep passes. `build` changes with everything that could change a result.
  SelfTestCache(base::KeyedCache files, std::string build);

  /// In base::cache_dir(), for this build of anneal.
  static SelfTestCache& shared();

  /// Whether `backend` passes on `processor` (its model, and its driver's version where it has one). Calls `check`
  /// unless the answer is known; exceptions of `check` pass through and are not remembered.
  bool passes(std::string_view backend, std::string_view processor, const std::function<bool()>& check);

 private:
  base::KeyedCache files_;
  std::string build_;
  std::mutex mutex_;
  std::map<std::string, bool> known_;
};

}  // namespace anneal::device
