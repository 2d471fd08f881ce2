#include "io/hts/name_tokens.h"

namespace anneal::io::hts {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

template <typename IsOne>
std::size_t run_of(std::string_view text, IsOne is_one) {
  std::size_t size = 0;
  while (size < text.size() && is_one(text[size])) ++size;
  return size;
}

}  // namespace

std::size_t count_name_tokens(std::string_view name) {
  constexpr std::size_t digits_of_token = 9;
  std::size_t tokens = 0;
  while (!name.empty()) {
    std::size_t size = run_of(name, is_digit);
    tokens += size > 0 ? (size + digits_of_token - 1) / digits_of_token + (name[0] == '0' ? 1 : 0) : 1;
    if (size == 0) size = run_of(name, is_letter);
    name.remove_prefix(size > 0 ? size : 1);
  }
  return tokens;
}

}  // namespace anneal::io::hts
