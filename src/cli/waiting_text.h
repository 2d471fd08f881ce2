// Text that can be written only when something else is known.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "io/nameless_file.h"
#include "io/output.h"

namespace anneal::cli {

/// Keeps at most so many bytes in memory, and the others in a temporary file. Throws Error(io) where there is no room.
class WaitingText {
 public:
  explicit WaitingText(std::size_t memory) : memory_(memory) {}

  void append(std::string_view text);
  void write_to(io::Output& output) const;  ///< all of it, in order

 private:
  std::size_t memory_;
  std::optional<io::NamelessFile> file_;  // what came before
  std::string text_;
};

}  // namespace anneal::cli
