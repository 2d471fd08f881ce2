// The strict pass, where address spaces are distinct types: a pointer of one cannot be passed as one of another.
#include "gpu.h"

namespace metal_emulator {
namespace {

class Strict : public EmulatorTest {
 protected:
  Strict() {
    adjust([](Settings& settings) { settings.strict_address_spaces = true; });
  }

  /// alignment.metal with another text once, and a function more.
  static std::string changed(const std::string& found, const std::string& replacement,
                             const std::string& function = "") {
    std::string source = kernel_source("alignment.metal");
    const std::size_t place = source.find(found);
    EXPECT_NE(place, std::string::npos) << found;
    source.replace(place, found.size(), replacement);
    return source.insert(source.find("// One thread per alignment."), function + "\n");
  }
  void expect_refused(const std::string& source) {
    const std::string error = gpu_.compile(source);
    EXPECT_NE(error.find("program_source"), std::string::npos) << error;
    EXPECT_NE(error.find("error:"), std::string::npos) << error;
    // All of it is lost on the ordinary pass.
    adjust([](Settings& settings) { settings.strict_address_spaces = false; });
    EXPECT_EQ(gpu_.compile(source), "");
  }

  Gpu gpu_;
};

TEST_F(Strict, TakesKernelsThatAreRight) {
  for (const char* name : {"alignment.metal", "matrix_product.metal", "features.metal"}) {
    EXPECT_EQ(gpu_.compile(kernel_source(name)), "") << name;
  }
}

TEST_F(Strict, StructsAreAssignedAcrossAddressSpaces) {
  EXPECT_EQ(gpu_.compile(R"(
    struct Sizes { enum { of_pair = 8 }; };
    struct alignas(Sizes::of_pair) Pair { int x, y; };
    class Sum {
     public:
      void add(thread const Pair& pair) { last_ = pair; total_ += pair.x + pair.y; }
      int total() const { return total_; }
     private:
      Pair last_ = {0, 0};
      int total_ = 0;
    };
    kernel void k(device const Pair* in [[buffer(0)]], device Pair* out [[buffer(1)]], constant Pair& one [[buffer(2)]]) {
      threadgroup Pair shared;
      Pair pair;
      pair = in[0];
      pair = {pair.y, pair.x};
      Sum sum;
      sum.add(pair);
      pair = one;
      out[0] = pair;
      out[1] = in[1];
      out[2] = one;
      out[3] = {sum.total(), 1};
      shared = in[2];
      out[4] = shared;
    })"),
            "");
}

TEST_F(Strict, DevicePointerAsThreadPointer) {
  expect_refused(changed("const short2 up = row[at];", "thread short2* place = row + at; const short2 up = *place;"));
}

TEST_F(Strict, DevicePointerAsThreadgroupPointer) {
  expect_refused(
      changed("const short2 up = row[at];", "threadgroup short2* place = row + at; const short2 up = *place;"));
}

TEST_F(Strict, DeviceElementAsThreadReference) {
  expect_refused(changed("const int query_length = query_lengths[a]",
                         "increment(results[0].x); const int query_length = query_lengths[a]",
                         "inline void increment(thread int& x) { x++; }"));
}

TEST_F(Strict, DevicePointerAsConstantPointer) {
  expect_refused(changed("const int query_length = query_lengths[a]",
                         "const int letter = first_of(queries); const int query_length = query_lengths[a] + 0 * letter",
                         "inline int first_of(constant uchar* letters) { return letters[0]; }"));
}

}  // namespace
}  // namespace metal_emulator
