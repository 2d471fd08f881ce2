// The part of Foundation that Metal's calls need: strings, errors, arrays.
#pragma once

#include <string>
#include <vector>

#include "objc/object.h"

namespace metal_emulator {

using UInteger = unsigned long;
using Integer = long;

class String : public Object {
 public:
  explicit String(std::string text_) : Object("NSString"), text(std::move(text_)) {}

  std::string text;
};

class Error : public Object {
 public:
  Error(std::string domain_, Integer code_, std::string description_)
      : Object("NSError"), domain(std::move(domain_)), code(code_), description(std::move(description_)) {}

  const std::string domain;
  const Integer code;
  const std::string description;
};

class Array : public Object {
 public:
  Array() : Object("NSArray") {}

  std::vector<Owned<Object>> elements;
};

/// An autoreleased NSString.
id new_text(const std::string& text);
/// What an NSString says; nil is empty.
std::string text_of(id string);

/// Where the caller asked for errors, leaves an autoreleased one.
void leave_error(id* error, const char* domain, Integer code, const std::string& description);

}  // namespace metal_emulator
