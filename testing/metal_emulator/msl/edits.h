// Changes to a source, which leave every line where it is.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "msl/source.h"

namespace metal_emulator {

class Edits {
 public:
  /// Puts `text` where places first .. end - 1 are. No two replacements may overlap.
  void replace(std::size_t first, std::size_t end, std::string text) { all_.push_back({first, end, std::move(text)}); }
  void remove(std::size_t first, std::size_t end) { replace(first, end, ""); }

  std::string apply(const Source& source) const;

 private:
  struct Replacement {
    std::size_t first, end;
    std::string text;
  };
  std::vector<Replacement> all_;
};

}  // namespace metal_emulator
