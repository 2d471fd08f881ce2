// How a built-in substitution matrix is stored.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace anneal::align {

inline constexpr std::string_view builtin_letters = "ARNDCQEGHILKMFPSTWYVBZX*";

/// All of them are symmetric, so only the lower triangle is kept, diagonal included, row by row.
struct BuiltinMatrix {
  std::string_view name;
  std::array<std::int8_t, builtin_letters.size() * (builtin_letters.size() + 1) / 2> lower_triangle;
};

}  // namespace anneal::align
