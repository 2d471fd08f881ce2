// Letters that the host cannot read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::align {

/// Where they are, a batch's views tell only place and length.
class RemoteLetters {
 public:
  virtual ~RemoteLetters() = default;

  /// Copies sequences to `to`, one right after the other. Throws what the device throws. Thread-safe.
  virtual void fetch(std::span<const std::string_view> sequences, char* to) const = 0;

  /// Views of copies that it makes in `room`.
  std::vector<std::string_view> copies_of(std::span<const std::string_view> sequences, std::string& room) const;
};

}  // namespace anneal::align
