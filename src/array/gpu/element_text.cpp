#include "array/gpu/element_text.h"

#include <fmt/core.h>

namespace anneal::array::gpu {
namespace {

struct Names {
  const char* element;
  const char* computed;
  const char* to_computed;  // of x
  const char* to_stored;
};

Names names_for(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return {"u8", "u32", "u32(x != 0)", "u8(x != 0)"};
    case DType::u8:
      return {"u8", "u32", "u32(x)", "u8(x)"};
    case DType::i8:
      return {"i8", "u32", "u32(i32(x))", "i8(x)"};
    case DType::i32:
      return {"i32", "u32", "u32(x)", "i32(x)"};
    case DType::i64:
      return {"i64", "u64", "u64(x)", "i64(x)"};
    case DType::f16:
      return {"f16", "f32", "f32_of(x)", "f16_of(x)"};
    case DType::bf16:
      return {"bf16", "f32", "f32_of(x)", "bf16_of(x)"};
    case DType::f32:
      return {"f32", "f32", "x", "x"};
    case DType::f64:
      break;
  }
  return {"f64", "f64", "x", "x"};
}

}  // namespace

std::string bits_text(DType dtype) { return fmt::format("typedef u{} Bits;\n", 8 * size_of(dtype)); }

std::string element_text(DType dtype) {
  const Names names = names_for(dtype);
  return fmt::format(
      "typedef {} Element;\n"
      "typedef {} Computed;\n"
      "FUNCTION Computed computed(Element x) {{ return {}; }}\n"
      "FUNCTION Element stored(Computed x) {{ return {}; }}\n",
      names.element, names.computed, names.to_computed, names.to_stored);
}

std::size_t computed_bytes(DType dtype) { return dtype == DType::i64 || dtype == DType::f64 ? 8 : 4; }

}  // namespace anneal::array::gpu
