#include "array/dtype.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal {
namespace {

struct Row {
  std::string_view name;
  std::size_t size;
};
constexpr std::array<Row, 9> dtypes{
    {{"bool", 1}, {"u8", 1}, {"i8", 1}, {"i32", 4}, {"i64", 8}, {"f16", 2}, {"bf16", 2}, {"f32", 4}, {"f64", 8}}};

const Row& row_of(DType dtype) { return dtypes[static_cast<std::size_t>(dtype)]; }

DType promoted_integers(DType narrow, DType wide) {
  return narrow == DType::u8 && wide == DType::i8 ? DType::i32 : wide;
}

DType promoted_floats(DType narrow, DType wide) {
  return narrow == DType::f16 && wide == DType::bf16 ? DType::f32 : wide;
}

}  // namespace

std::size_t size_of(DType dtype) { return row_of(dtype).size; }

std::string name_of(DType dtype) { return std::string(row_of(dtype).name); }

DType dtype_named(const std::string& name) {
  std::string names;
  for (std::size_t k = 0; k < dtypes.size(); ++k) {
    if (dtypes[k].name == name) return static_cast<DType>(k);
    names += fmt::format("{}{}", k == 0 ? "" : ", ", dtypes[k].name);
  }
  throw Error(ErrorCode::invalid_argument,
              fmt::format("there is no dtype {}: use one of {}", base::quote(name), names));
}

DType promoted(DType a, DType b) {
  const auto [narrow, wide] = std::minmax(a, b);
  if (narrow == wide || narrow == DType::boolean) return wide;
  if (!array::is_float(wide)) return promoted_integers(narrow, wide);
  if (array::is_float(narrow)) return promoted_floats(narrow, wide);
  return narrow <= DType::i8 ? wide : DType::f64;
}

}  // namespace anneal
