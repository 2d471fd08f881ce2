#include "array/gpu/dialect.h"

#include <string>

#include "array/gpu/prelude.h"

namespace anneal::array::gpu {
namespace {

// What both dialects say alike.
constexpr std::string_view common_prelude = R"code(
FUNCTION f32 f32_of(bf16 x) { return f32_from_bits(u32(u16(x)) << 16); }
FUNCTION bf16 bf16_of(f32 x) {
  const u32 bits = f32_bits(x);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return bf16(u16(bits >> 16 | 0x40u));
  return bf16(u16((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16));
}
)code";

std::string joined(std::string_view own) { return std::string(own) + std::string(common_prelude); }

}  // namespace

std::string_view prelude(Dialect dialect) {
  static const std::string msl = joined(msl_prelude);
  static const std::string cuda = joined(cuda_prelude);
  return dialect == Dialect::msl ? msl : cuda;
}

}  // namespace anneal::array::gpu
