#include "objc/object.h"

#include <deque>
#include <mutex>
#include <new>
#include <string>

#include "include/metal_emulator.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr std::size_t most_freed_objects = 4096;  // that are still known as such

std::atomic<long> live{0};

struct FreedObjects {
  std::mutex mutex;
  std::deque<void*> memory;
};
FreedObjects& freed_objects() {
  static FreedObjects& only = *new FreedObjects;
  return only;
}

thread_local Class class_of_dying = nullptr;

}  // namespace

Object::Object(const char* class_name) : objc_object{class_named(class_name)} { ++live; }

Object::~Object() {
  --live;
  class_of_dying = isa;
}

void Object::release() {
  const long left = --owners_;
  if (left < 0) stop("a " + isa->name + " is released more often than it is owned");
  if (left == 0) delete this;
}

void* Object::operator new(std::size_t size) { return ::operator new(size); }

void Object::operator delete(void* memory) {
  // Not an Object any more: only where its class was.
  static_cast<objc_object*>(static_cast<Object*>(memory))->isa = class_of_dying->freed;
  FreedObjects& freed = freed_objects();
  const std::lock_guard lock(freed.mutex);
  freed.memory.push_back(memory);
  if (freed.memory.size() > most_freed_objects) {
    ::operator delete(freed.memory.front());
    freed.memory.pop_front();
  }
}

long live_objects() { return live; }

void forget_live_object() { --live; }

}  // namespace metal_emulator
