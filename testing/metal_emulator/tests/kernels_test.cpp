// What kernels can do: templates, function constants, types, positions, threadgroup memory.
#include "gpu.h"

namespace metal_emulator {
namespace {

class Kernels : public EmulatorTest {
 protected:
  Kernels() { EXPECT_EQ(gpu_.compile(kernel_source("features.metal")), ""); }

  PipelineRef specialised(const std::string& kernel) {
    const auto constants = NS::TransferPtr(MTL::FunctionConstantValues::alloc()->init());
    const int bias = -4;
    const bool doubles = true;
    constants->setConstantValue(&bias, MTL::DataTypeInt, NS::UInteger{0});
    constants->setConstantValue(&doubles, MTL::DataTypeBool, NS::UInteger{1});
    return gpu_.pipeline(kernel, constants.get());
  }

  template <class T>
  void expect_multiply_add(const std::string& kernel, T factor) {
    std::vector<T> in;
    for (unsigned k = 0; k < count; ++k) in.push_back(static_cast<T>(static_cast<float>(k) * 0.5f));
    const BufferRef from = gpu_.buffer_of(in), to = gpu_.buffer(count * sizeof(T));
    const PipelineRef pipeline = specialised(kernel);
    ASSERT_TRUE(pipeline) << gpu_.error();
    const std::uint32_t length = count;
    EXPECT_EQ(gpu_.run(pipeline.get(), {{from.get(), to.get()}, bytes_of(length), {128, 1, 1}, {64, 1, 1}}), "");
    const auto out = contents<T>(to.get());
    for (unsigned k = 0; k < count; ++k) EXPECT_EQ(out[k], static_cast<T>(in[k] * factor - T{4})) << k;
  }

  static constexpr unsigned count = 100;
  Gpu gpu_;
};

TEST_F(Kernels, AreListed) {
  const Pool pool;
  NS::Error* error = nullptr;
  const auto library =
      NS::TransferPtr(gpu_.device()->newLibrary(text(kernel_source("features.metal")), nullptr, &error));
  const NS::Array* names = library->functionNames();
  std::vector<std::string> found;
  for (NS::UInteger k = 0; k < names->count(); ++k) found.emplace_back(names->object<NS::String>(k)->utf8String());
  EXPECT_EQ(found, (std::vector<std::string>{"multiply_add_float_3", "multiply_add_half_2", "multiply_add_int_7",
                                             "scaled", "group_sum", "positions"}));
}

TEST_F(Kernels, TemplatesWithFunctionConstants) {
  expect_multiply_add<float>("multiply_add_float_3", 3);
  expect_multiply_add<int>("multiply_add_int_7", 7);
  expect_multiply_add<_Float16>("multiply_add_half_2", 2);
}

TEST_F(Kernels, VectorsAndConstantsThatAreNotGiven) {
  const BufferRef in = gpu_.buffer_of(std::vector<std::uint8_t>{10, 5, 9, 30}), out = gpu_.buffer(16);
  const PipelineRef pipeline = specialised("scaled");
  EXPECT_EQ(gpu_.run(pipeline.get(), {{in.get(), out.get()}, {}, {1, 1, 1}}), "");
  EXPECT_EQ(contents<float>(out.get()), (std::vector<float>{10, 2.5f, 0.5f, 5}));
}

TEST_F(Kernels, DynamicThreadgroupMemoryAndAtomics) {
  const BufferRef in = gpu_.buffer_of(std::vector<int>(1000, 3)), sum = gpu_.buffer(4);
  EXPECT_EQ(gpu_.run("group_sum", {{in.get(), sum.get()}, {}, {1000, 1, 1}, {96, 1, 1}, 96 * sizeof(int)}), "");
  EXPECT_EQ(contents<int>(sum.get())[0], 3000);
}

TEST_F(Kernels, PositionsInARaggedGrid) {
  const MTL::Size grid{7, 5, 3}, group{4, 2, 2};
  const BufferRef out = gpu_.buffer(grid.width * grid.height * grid.depth * 4);
  EXPECT_EQ(gpu_.run("positions", {{out.get()}, {}, grid, group}), "");
  const auto found = contents<std::uint32_t>(out.get());
  for (unsigned z = 0; z < grid.depth; ++z) {
    for (unsigned y = 0; y < grid.height; ++y) {
      for (unsigned x = 0; x < grid.width; ++x) {
        EXPECT_EQ(found[(z * grid.height + y) * grid.width + x], x / 4 + 10 * (y / 2) + 100 * (z / 2));
      }
    }
  }
}

TEST_F(Kernels, UnknownNames) {
  EXPECT_FALSE(gpu_.pipeline("none"));
  EXPECT_EQ(gpu_.error(), "no kernel none");
  EXPECT_FALSE(specialised("none"));
  EXPECT_EQ(gpu_.error(), "there is no function 'none'");
}

}  // namespace
}  // namespace metal_emulator
