// Classes and selectors of the emulated Objective-C runtime.
#pragma once

#include <objc/runtime.h>

#include <initializer_list>
#include <string>
#include <unordered_map>

struct objc_selector {
  std::string name;
};
struct objc_class {
  Class isa;  ///< the class of the class itself: its methods are class methods
  std::string name;
  std::unordered_map<SEL, IMP> methods;
  Class
      freed;  ///< what an object of it becomes when it is freed; null: this is such a class, which understands nothing
};

namespace metal_emulator {

struct Method {
  const char* selector;
  IMP implementation;
};
/// A method from a function or a lambda without captures: Result(id self, SEL, Arguments...).
template <class F>
Method method(const char* selector, F function) {
  return {selector, reinterpret_cast<IMP>(+function)};
}

/// Made at first use.
Class class_named(const std::string& name);
void add_methods(const char* class_name, std::initializer_list<Method> methods);
void add_class_methods(const char* class_name, std::initializer_list<Method> methods);

/// NSObject's too; null where there is none.
IMP implementation_of(id self, SEL selector);

/// Adds all classes that there are. Defined in registration.cpp.
void add_all_methods();

}  // namespace metal_emulator
