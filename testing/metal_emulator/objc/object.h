// Objects with a count of their owners. A message to one that was freed a moment ago ends the program.
#pragma once

#include <objc/runtime.h>

#include <atomic>
#include <cstddef>
#include <utility>

namespace metal_emulator {

class Object : public objc_object {
 public:
  explicit Object(const char* class_name);
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object();

  void retain() { ++owners_; }
  void release();
  long owners() const { return owners_; }

  static void* operator new(std::size_t size);
  /// Kept for a while instead of freed, as an object that knows no message.
  static void operator delete(void* memory);

 private:
  std::atomic<long> owners_{1};
};

/// The object behind an id; null for nil.
template <class T = Object>
T* object_of(id self) {
  return static_cast<T*>(static_cast<Object*>(self));
}

/// A reference that owns.
template <class T>
class Owned {
 public:
  Owned() = default;
  explicit Owned(T* object) : object_(object) {
    if (object_ != nullptr) object_->retain();
  }
  Owned(const Owned& other) : Owned(other.object_) {}
  Owned(Owned&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Owned& operator=(Owned other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Owned() {
    if (object_ != nullptr) object_->release();
  }

  T* get() const { return object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  T* object_ = nullptr;
};

/// Leaves it to the innermost pool of this thread to release the object. Gives it back.
id autoreleased(Object* object);

/// One that is not counted as live: devices are there for ever.
void forget_live_object();

}  // namespace metal_emulator
