#include "objc/autorelease.h"

#include <string>

#include "include/metal_emulator.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {
namespace {

thread_local std::vector<AutoreleasePool*> pools;
std::atomic<long> leaked{0};

}  // namespace

AutoreleasePool::AutoreleasePool() : Object("NSAutoreleasePool") { pools.push_back(this); }

AutoreleasePool::~AutoreleasePool() {
  while (!objects_.empty()) {  // what is freed may autorelease more
    const std::vector<Object*> released = std::exchange(objects_, {});
    for (Object* object : released) object->release();
  }
  if (pools.empty() || pools.back() != this)
    stop("autorelease pools are released in another order than they were made");
  pools.pop_back();
}

id autoreleased(Object* object) {
  if (object == nullptr) return nullptr;
  if (pools.empty()) {
    ++leaked;
  } else {
    pools.back()->add(object);
  }
  return object;
}

long leaked_without_pool() { return leaked; }

}  // namespace metal_emulator
