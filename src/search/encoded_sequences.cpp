#include "search/encoded_sequences.h"

#include <algorithm>
#include <mutex>

namespace anneal::search {
namespace {

constexpr std::size_t sequences_per_task = 4096;

}  // namespace

std::optional<EncodedSequences::InvalidLetter> EncodedSequences::assign(std::span<const std::string_view> letters,
                                                                        const align::Encoder& encoder,
                                                                        device::cpu::Queue& threads) {
  std::size_t total = 0;
  for (const std::string_view sequence : letters) total += sequence.size();
  codes_.resize(total);
  views_.clear();
  const char* next = codes_.data();
  for (const std::string_view sequence : letters) {
    views_.emplace_back(next, sequence.size());
    next += sequence.size();
  }

  std::mutex mutex;
  std::optional<InvalidLetter> first;
  const auto encode = [&](std::size_t task) {
    const std::size_t end = std::min(letters.size(), (task + 1) * sequences_per_task);
    for (std::size_t i = task * sequences_per_task; i < end; ++i) {
      char* const codes = codes_.data() + (views_[i].data() - codes_.data());
      const std::size_t position = encoder.encode(letters[i], reinterpret_cast<std::uint8_t*>(codes));
      if (position == align::Encoder::all_valid) continue;
      const std::lock_guard lock(mutex);
      if (!first || i < first->sequence) first = {i, position};
      return;
    }
  };
  threads.parallel_for((letters.size() + sequences_per_task - 1) / sequences_per_task, encode);
  return first;
}

}  // namespace anneal::search
