#include "objc/foundation.h"

#include <cstdlib>

#include "objc/autorelease.h"
#include "objc/class.h"
#include "objc/foundation_methods.h"
#include "stop.h"

namespace metal_emulator {
namespace {

id string_from(id, SEL, const char* text, UInteger) { return new_text(text); }

id string_from_memory(id self, SEL, void* bytes, UInteger length, UInteger, bool is_freed) {
  object_of<String>(self)->text.assign(static_cast<const char*>(bytes), length);
  if (is_freed) std::free(bytes);
  return self;
}

id element(id self, SEL, UInteger index) {
  const auto& elements = object_of<Array>(self)->elements;
  if (index >= elements.size())
    stop("NSArray: index " + std::to_string(index) + " of " + std::to_string(elements.size()));
  return elements[index].get();
}

void add_object_methods() {
  add_methods(
      "NSObject",
      {method("retain",
              [](id self, SEL) {
                object_of(self)->retain();
                return self;
              }),
       method("release", [](id self, SEL) { object_of(self)->release(); }),
       method("autorelease", [](id self, SEL) { return autoreleased(object_of(self)); }),
       method("retainCount", [](id self, SEL) { return static_cast<UInteger>(object_of(self)->owners()); }),
       method("hash", [](id self, SEL) { return reinterpret_cast<UInteger>(self); }),
       method("isEqual:", [](id self, SEL, id other) { return self == other; }),
       method("init", [](id self, SEL) { return self; }),
       method("respondsToSelector:", [](id self, SEL, SEL asked) { return implementation_of(self, asked) != nullptr; }),
       method("methodSignatureForSelector:", [](id, SEL, SEL) -> void* { return nullptr; }),
       method("description", [](id self, SEL) { return new_text("<" + self->isa->name + ">"); })});
}

void add_string_methods() {
  add_class_methods(
      "NSString",
      {method("alloc", [](id, SEL) -> id { return new String(""); }),
       method("string", [](id, SEL) { return new_text(""); }), method("stringWithCString:encoding:", string_from),
       method("stringWithUTF8String:", [](id, SEL, const char* text) { return new_text(text); })});
  add_methods(
      "NSString",
      {method("initWithCString:encoding:",
              [](id self, SEL, const char* text, UInteger) {
                object_of<String>(self)->text = text;
                return self;
              }),
       method("initWithBytesNoCopy:length:encoding:freeWhenDone:", string_from_memory),
       method("UTF8String", [](id self, SEL) { return object_of<String>(self)->text.c_str(); }),
       method("cStringUsingEncoding:", [](id self, SEL, UInteger) { return object_of<String>(self)->text.c_str(); }),
       method("length", [](id self, SEL) -> UInteger { return object_of<String>(self)->text.size(); }),
       method("lengthOfBytesUsingEncoding:",
              [](id self, SEL, UInteger) -> UInteger { return object_of<String>(self)->text.size(); }),
       method("isEqualToString:", [](id self, SEL, id other) { return text_of(self) == text_of(other); })});
}

}  // namespace

id new_text(const std::string& text) { return autoreleased(new String(text)); }

std::string text_of(id string) { return string == nullptr ? "" : object_of<String>(string)->text; }

void leave_error(id* error, const char* domain, Integer code, const std::string& description) {
  if (error != nullptr) *error = autoreleased(new Error(domain, code, description));
}

void add_foundation_methods() {
  add_object_methods();
  add_string_methods();
  add_class_methods("NSAutoreleasePool", {method("alloc", [](id, SEL) -> id { return new AutoreleasePool; })});
  add_methods("NSAutoreleasePool", {method("drain", [](id self, SEL) { object_of(self)->release(); })});
  add_methods("NSError", {method("localizedDescription",
                                 [](id self, SEL) { return new_text(object_of<Error>(self)->description); }),
                          method("domain", [](id self, SEL) { return new_text(object_of<Error>(self)->domain); }),
                          method("code", [](id self, SEL) { return object_of<Error>(self)->code; })});
  add_methods("NSArray",
              {method("count", [](id self, SEL) -> UInteger { return object_of<Array>(self)->elements.size(); }),
               method("objectAtIndex:", element)});
}

}  // namespace metal_emulator
