// What metal-cpp needs of Apple's <objc/runtime.h>. objc/ implements it.
#pragma once
#include <cstddef>
#include <cstdint>

// Since macOS 10.11 there is MTLCopyAllDevices(); metal-cpp asks.
#define __MAC_OS_X_VERSION_MIN_REQUIRED 130000

typedef struct objc_class* Class;
typedef struct objc_selector* SEL;
struct objc_object {
  Class isa;
};
typedef struct objc_object* id;
typedef struct objc_object Protocol;
typedef void (*IMP)(void);
typedef signed char BOOL;
extern "C" {
Class objc_lookUpClass(const char*);
Class objc_getClass(const char*);
Protocol* objc_getProtocol(const char*);
SEL sel_registerName(const char*);
}
