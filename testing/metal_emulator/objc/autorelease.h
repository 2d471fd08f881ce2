// Autorelease pools: a stack of them per thread.
#pragma once

#include <vector>

#include "objc/object.h"

namespace metal_emulator {

/// The innermost pool of the thread that made it, until it is released.
class AutoreleasePool : public Object {
 public:
  AutoreleasePool();
  ~AutoreleasePool() override;

  void add(Object* object) { objects_.push_back(object); }

 private:
  std::vector<Object*> objects_;
};

}  // namespace metal_emulator
