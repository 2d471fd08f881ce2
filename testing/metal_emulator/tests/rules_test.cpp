// What Metal's compiler would refuse is refused here too; what it takes compiles.
#include "gpu.h"

namespace metal_emulator {
namespace {

constexpr const char* head = "#include <metal_stdlib>\nusing namespace metal;\n";

struct Case {
  const char* name;
  const char* source;
  const char* error;  ///< part of it; empty: it compiles
};
void PrintTo(const Case& tested, std::ostream* stream) { *stream << tested.name; }
std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

class Rules : public EmulatorTest, public testing::WithParamInterface<Case> {};

TEST_P(Rules, AreThoseOfMetal) {
  Gpu gpu;
  const std::string error = gpu.compile(head + std::string(GetParam().source));
  if (*GetParam().error == '\0') {
    EXPECT_EQ(error, "");
  } else {
    EXPECT_NE(error.find(GetParam().error), std::string::npos) << error;
    EXPECT_TRUE(error.find("program_source:") != std::string::npos || error.find("glue:") != std::string::npos)
        << error;
  }
}

const Case bindings[] = {
    {"NoAttribute", "kernel void k(device int* x) {}",
     "program_source:3:15: error: kernel parameter 'x' needs [[buffer(n)]]"},
    {"IndexUsedTwice", "kernel void k(device int* x [[buffer(1)]], device int* y [[buffer(1)]]) {}",
     "index 1 is used twice"},
    {"IndexTooHigh", "kernel void k(device int* x [[buffer(31)]]) {}", "an index of arguments is 30 at most"},
    {"UnknownAttribute", "kernel void k(uint x [[thread_index_in_quadgroup]]) {}",
     "[[thread_index_in_quadgroup]] are not emulated"},
    {"Result", "kernel int k(device int* x [[buffer(0)]]) { return 1; }", "a kernel returns void"},
    {"Overloaded", "kernel void k(device int* x [[buffer(0)]]) {}\nkernel void k(device uint* x [[buffer(0)]]) {}",
     "program_source:4:13: error: kernel 'k' is overloaded"},
    {"BufferInThreadMemory", "kernel void k(thread int* x [[buffer(0)]]) {}",
     "a buffer is in the device or the constant"},
    {"ThreadgroupMemoryInDeviceMemory", "kernel void k(device int* x [[threadgroup(0)]]) {}",
     "threadgroup memory is in the threadgroup address space"},
    {"BuiltInOfAnotherType", "kernel void k(int x [[thread_position_in_grid]]) {}", "error:"},
};
INSTANTIATE_TEST_SUITE_P(Bindings, Rules, testing::ValuesIn(bindings), name_of);

const Case address_spaces[] = {
    {"Parameter", "inline int f(int* x) { return *x; }", "pointers and references must have an address space"},
    {"UnnamedParameter", "int f(const int*);", "pointers and references must have an address space"},
    {"Reference", "template <class T> void f(T& x) { x = 1; }", "pointers and references must have an address space"},
    {"ReferenceToArray", "inline void f(int (&x)[3]) { x[0] = 1; }",
     "pointers and references must have an address space"},
    {"Result", "struct A { int x; int& get() thread { return x; } };",
     "pointers and references must have an address space"},
    {"Member", "struct A { const int* x; };", "pointers and references must have an address space"},
    {"Local", "inline int f() { int a = 1; int* b = &a; return *b; }", "program_source:3:34: error: pointers"},
    {"LocalInALoop", "inline int f(thread int* a) { for (int* b = a;;) return *b; }", "pointers and references must"},
    {"Cast", "inline uint f(float a) { return *(uint*)&a; }", "pointers and references must have an address space"},
    {"FileVariable", "int x = 1;", "a variable outside functions must be in the constant address space"},
    {"StaticMember", "struct A { static constexpr int x = 1; };",
     "a variable outside functions must be in the constant"},
    {"StaticLocal", "inline int f() { static const int x = 1; return x; }",
     "a static variable must be in the constant"},
    {"ThreadgroupInAFunction", "inline int f() { threadgroup int x[4]; return x[0]; }",
     "only a kernel's body can have variables in threadgroup memory"},
    {"InitialisedThreadgroup", "kernel void k(device int* x [[buffer(0)]]) { threadgroup int y = 1; x[0] = y; }",
     "a threadgroup variable cannot be initialised"},
    {"WriteToConstant", "kernel void k(constant int* x [[buffer(0)]]) { x[0] = 1; }", "error:"},
};
INSTANTIATE_TEST_SUITE_P(AddressSpaces, Rules, testing::ValuesIn(address_spaces), name_of);

const Case language[] = {
    {"Double", "inline float f() { double x = 1; return float(x); }", "'double' is not available in Metal"},
    {"StandardLibrary", "inline int f(int a) { return std::max(a, 1); }", "'std' is not available in Metal"},
    {"Virtual", "struct A { virtual void f(); };", "'virtual' is not available in Metal"},
    {"New", "inline int f() { return *new int; }", "'new' is not available in Metal"},
    {"Goto", "inline void f() { a: goto a; }", "'goto' is not available in Metal"},
    {"Recursion", "inline int f(int n) { return n < 2 ? n : f(n - 1) + 1; }", "function 'f' is recursive"},
    {"RecursionOfTwo",
     "int g(int n);\ninline int f(int n) { return g(n); }\ninline int g(int n) { return n < 2 ? n : f(n - 1); }",
     "is recursive"},
    {"RecursionOfMembers", "struct A { int f(int n) { return n < 2 ? n : f(n - 1); } };", "function 'f' is recursive"},
    {"MixedMaximum", "inline uint f(uint a) { return max(a, 1); }", "error:"},
    {"ShuffleOf64Bits", "inline ulong f(ulong a) { return simd_shuffle(a, 1); }", "no bool, no 64 bits"},
    {"UnknownName", "inline int f() { return missing; }",
     "program_source:3:25: error: use of undeclared identifier 'missing'"},
    {"MissingHeader", "#include \"other.h\"", "program_source:3:10: fatal error: 'other.h' file not found"},
    {"NoResult", "inline int f(int a) { if (a > 0) return 1; }", "error:"},
    {"UnbalancedBrace", "inline int f() { return 1;", "is not closed"},
};
INSTANTIATE_TEST_SUITE_P(Language, Rules, testing::ValuesIn(language), name_of);

const Case legal[] = {
    {"PointersWithSpaces",
     "struct A { device const int* x; thread int& get(thread int& y) thread { return y; } };\n"
     "inline int f(thread int* a, threadgroup int* b, constant int& c, device int (&d)[2]) { return *a + *b + c + "
     "d[0]; }",
     ""},
    {"Products", "inline int f(int a, int b) { int c = a * b, d = a & b; return c * d + (a & b) + (a) * b; }", ""},
    {"ValuesInBraces",
     "struct A { int x, y; };\ninline A f(int a, int b) { A c = {a * b, a & b}; c = {a & b, a * b}; return {a * b, "
     "c.x}; }",
     ""},
    {"Constants",
     "constant int table[3] = {1, 2, 3};\nconstexpr constant float x = 1.5f;\n"
     "struct A { static constexpr constant int size = 3; enum { other = 4 }; int values[size]; };\n"
     "namespace inner { constant int y = 1; }\ninline int f() { return table[inner::y] + A::size; }",
     ""},
    {"Templates",
     "template <class T, int n = 3>\nstruct A {\n public:\n  A(thread const T& x) : first(x), second(x) {}\n"
     "  T get(int k) const { return k == 0 ? first : second; }\n private:\n  T first, second;\n};\n"
     "template <class T>\ninline T largest(T a, T b) { return a < b ? b : a; }\n"
     "template <class T>\ninline T largest(T a, T b, T c) { return largest(largest(a, b), c); }\n"
     "inline int f(int a) { A<int> b(a); return largest(b.get(0), b.get(1), 3); }",
     ""},
    {"CompileTimeRecursion",
     "template <int n>\nstruct Sum { static int get() { return n + Sum<n - 1>::get(); } };\n"
     "template <>\nstruct Sum<0> { static int get() { return 0; } };\ninline int f() { return Sum<4>::get(); }",
     ""},
    {"NewerCpp",
     "namespace a::b {\ntemplate <bool more>\ninline int f(int x) {\n  if constexpr (more) return x + 1;\n  return "
     "x;\n}\n}\n"
     "inline int g() { return a::b::f<true>(1); }",
     ""},
    {"UnrolledLoops",
     "#define UNROLL _Pragma(\"unroll\")\ninline int f(thread int (&a)[4]) {\n  int sum = 0;\n  UNROLL\n"
     "  for (int k = 0; k < 4; ++k) sum += a[k];\n  return sum;\n}",
     ""},
    {"AutoPointers", "inline int f(device int* a) { auto* b = a; auto c = b + 1; return *c; }", ""},
    {"ThreadgroupVariables",
     "struct A { int x[2]; };\nkernel void k(device int* out [[buffer(0)]], uint i [[thread_index_in_threadgroup]]) {\n"
     "  threadgroup int a[4][8];\n  threadgroup A b;\n  threadgroup int* c = a[1];\n  threadgroup int& d = c[2];\n"
     "  if (i == 0) { a[1][2] = 4; b.x[0] = 5; }\n  threadgroup_barrier(mem_flags::mem_threadgroup);\n"
     "  out[i] = d + b.x[0];\n}",
     ""},
    {"SeveralSwitchesAndLabels",
     "inline int f(int a) {\n  switch (a) {\n    case 1: { int b = a; return b * a; }\n    default: break;\n  }\n"
     "  do { a = a & 3; } while (a > 5);\n  if (a > 1) { return a; } else { return -a; }\n}",
     ""},
};
INSTANTIATE_TEST_SUITE_P(Legal, Rules, testing::ValuesIn(legal), name_of);

}  // namespace
}  // namespace metal_emulator
