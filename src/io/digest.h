// A number that tells contents apart: 128 bits of XXH3. Against accidents, not against attackers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace anneal::io {

class Digest {
 public:
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;

  /// Each piece counts with its length, so that where one ends and the next begins makes a difference.
  void add(std::string_view piece);
  void add(std::uint64_t number);
  /// Bytes without a length, so that it makes no difference how they are cut: all of them give XXH3 of the whole.
  void extend(std::string_view bytes);
  /// Of what was added so far, as 32 hexadecimal digits.
  std::string text() const;
  /// The same as numbers, the more significant half first.
  std::array<std::uint64_t, 2> value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io
