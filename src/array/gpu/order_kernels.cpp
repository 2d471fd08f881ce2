#include "array/gpu/order_kernels.h"

#include <fmt/core.h>

#include "array/gpu/element_text.h"
#include "array/gpu/order_texts.h"

namespace anneal::array::gpu {
namespace {

// Integers whose order is that of the elements: all NaNs are the largest, and -0 is as 0.
std::string key_text(DType dtype, Direction direction) {
  const std::size_t bits = 8 * size_of(dtype);
  const std::uint64_t all = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  const std::string masks = fmt::format("#define SIGN Key({:#x}u{})\n#define ALL_BITS Key({:#x}u{})\n", sign,
                                        bits == 64 ? "l" : "", all, bits == 64 ? "l" : "");
  const char* const order =
      direction == Direction::ascending ? "#define ORDERED(key) (key)\n" : "#define ORDERED(key) (~(key))\n";
  std::string function = "FUNCTION Key key_of(Bits bits) {\n";
  if (dtype >= DType::f16) {
    std::uint64_t infinity = 0x7ff0000000000000;
    if (dtype == DType::f32) infinity = 0x7f800000;
    if (dtype == DType::f16) infinity = 0x7c00;
    if (dtype == DType::bf16) infinity = 0x7f80;
    function += fmt::format(
        "  const Key size = Key(bits) & (ALL_BITS ^ SIGN);\n"
        "  if (size > Key({:#x}u{})) return ORDERED(~Key(0));\n"
        "  if (size == 0) return ORDERED(SIGN);\n"
        "  return ORDERED((Key(bits) & SIGN) != 0 ? Key(bits) ^ ALL_BITS : Key(bits) ^ SIGN);\n",
        infinity, bits == 64 ? "l" : "");
  } else {
    const bool is_signed = dtype != DType::boolean && dtype != DType::u8;
    function += fmt::format("  return ORDERED(Key(bits){});\n", is_signed ? " ^ SIGN" : "");
  }
  return masks + order + function + "}\n";
}

// Fewer where they are large: a tile takes 16 KiB at most.
unsigned items_of(const OrderTypes& types) { return types.key_bytes() + types.place_bytes() > 8 ? 4 : 8; }

}  // namespace

std::int64_t OrderTypes::tile() const { return std::int64_t{order_threads} * items_of(*this); }

std::shared_ptr<const Compiled> OrderKernels::sort_elements() const {
  return gpu_.compile(bits_text(types_.dtype) + types_text() + key_text(types_.dtype, types_.direction) + merging_text +
                          sort_text + sort_elements_text,
                      "sort_elements");
}

std::shared_ptr<const Compiled> OrderKernels::sort_again() const {
  return gpu_.compile(types_text() + merging_text + sort_text + sort_again_text, "sort_again");
}

std::shared_ptr<const Compiled> OrderKernels::merge_runs() const {
  return gpu_.compile(types_text() + merging_text + merge_text, "merge_runs");
}

std::shared_ptr<const Compiled> OrderKernels::take_elements() const {
  return gpu_.compile(bits_text(types_.dtype) + types_text() + take_text + take_elements_text, "take_elements");
}

std::shared_ptr<const Compiled> OrderKernels::take_places() const {
  return gpu_.compile(types_text() + take_text + take_places_text, "take_places");
}

std::string OrderKernels::types_text() const {
  return fmt::format("typedef {} Key;\ntypedef {} Place;\n#define THREADS {}u\n#define ITEMS {}u\n",
                     types_.key_bytes() == 8 ? "u64" : "u32", types_.has_wide_places ? "u64" : "u32", order_threads,
                     items_of(types_));
}

}  // namespace anneal::array::gpu
