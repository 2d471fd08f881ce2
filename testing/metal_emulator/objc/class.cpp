#include "objc/class.h"

#include <mutex>

#include "stop.h"

namespace metal_emulator {
namespace {

struct Registry {
  std::mutex mutex;
  std::unordered_map<std::string, SEL> selectors;
  std::unordered_map<std::string, Class> classes;
};

Registry& registry() {
  static Registry& only = *new Registry;  // metal-cpp asks for classes before main(), and threads after it
  return only;
}

Class new_class(const std::string& name) {
  auto* freed = new objc_class{nullptr, "deallocated " + name, {}, nullptr};
  auto* meta = new objc_class{nullptr, "class " + name, {}, freed};
  return new objc_class{meta, name, {}, freed};
}

// metal-cpp asks for names before main(), in an order that nobody knows, so classes are added when they are asked for.
void ensure_methods() {
  static std::once_flag once;
  std::call_once(once, add_all_methods);
}

}  // namespace

Class class_named(const std::string& name) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  Class& found = all.classes[name];
  if (found == nullptr) found = new_class(name);
  return found;
}

void add_methods(const char* class_name, std::initializer_list<Method> methods) {
  Class target = class_named(class_name);
  for (const Method& method : methods) target->methods[sel_registerName(method.selector)] = method.implementation;
}

void add_class_methods(const char* class_name, std::initializer_list<Method> methods) {
  Class target = class_named(class_name)->isa;
  for (const Method& method : methods) target->methods[sel_registerName(method.selector)] = method.implementation;
}

IMP implementation_of(id self, SEL selector) {
  ensure_methods();
  static const Class root = class_named("NSObject");
  const auto own = self->isa->methods.find(selector);
  if (own != self->isa->methods.end()) return own->second;
  if (self->isa->freed == nullptr) return nullptr;
  const bool is_class = self->isa->isa == nullptr;
  const auto& inherited = is_class ? root->isa->methods : root->methods;
  const auto found = inherited.find(selector);
  return found == inherited.end() ? nullptr : found->second;
}

}  // namespace metal_emulator

extern "C" {

SEL sel_registerName(const char* name) {
  auto& all = metal_emulator::registry();
  const std::lock_guard lock(all.mutex);
  SEL& selector = all.selectors[name];
  if (selector == nullptr) selector = new objc_selector{name};
  return selector;
}

Class objc_lookUpClass(const char* name) {
  metal_emulator::ensure_methods();
  auto& all = metal_emulator::registry();
  const std::lock_guard lock(all.mutex);
  const auto found = all.classes.find(name);
  return found == all.classes.end() ? nullptr : found->second;
}

Class objc_getClass(const char* name) { return objc_lookUpClass(name); }

Protocol* objc_getProtocol(const char*) { return nullptr; }

/// What objc_msgSend jumps to.
IMP metal_emulator_lookup(id self, SEL selector) {
  const IMP found = metal_emulator::implementation_of(self, selector);
  if (found == nullptr) {
    metal_emulator::stop("-[" + self->isa->name + " " + selector->name + "]: unrecognized selector" +
                         std::string(self->isa->freed == nullptr ? "" : " (not part of what is emulated)"));
  }
  return found;
}

}  // extern "C"
