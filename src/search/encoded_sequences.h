// Sequences as matrix codes, one after the other in memory that is used again.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "align/encoder.h"
#include "device/cpu/queue.h"

namespace anneal::search {

class EncodedSequences {
 public:
  struct InvalidLetter {
    std::size_t sequence;
    std::size_t position;
  };

  /// Replaces what was there. Returns the first byte that is no letter; the sequences are then unusable.
  std::optional<InvalidLetter> assign(std::span<const std::string_view> letters, const align::Encoder& encoder,
                                      device::cpu::Queue& threads);

  std::span<const std::string_view> views() const { return views_; }
  std::size_t letters() const { return codes_.size(); }

 private:
  std::vector<char> codes_;
  std::vector<std::string_view> views_;
};

}  // namespace anneal::search
