#include "reads/plain_kernels.h"

#include <algorithm>

namespace anneal::reads {
namespace {

constexpr unsigned char any_case = 0xdf;

std::uint64_t value_of(char byte) { return static_cast<unsigned char>(byte); }

bool is_at(const AdapterPattern& adapter, std::string_view place) {
  const std::size_t compared = std::min(adapter.size, place.size());
  std::size_t left = adapter.most_differences[compared];
  for (const auto [offset, letter] : adapter.letters) {
    if (offset >= compared) break;
    if ((place[offset] & any_case) == letter) continue;
    if (left == 0) return false;
    --left;
  }
  return true;
}

}  // namespace

std::size_t count_n_plainly(std::string_view sequence) {
  std::size_t count = 0;
  for (const char letter : sequence) count += (letter & any_case) == 'N' ? 1 : 0;
  return count;
}

std::uint64_t sum_plainly(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (const char byte : bytes) sum += value_of(byte);
  return sum;
}

std::size_t find_low_window_plainly(std::string_view bytes, std::size_t window, std::uint64_t least) {
  if (bytes.size() < window) return std::string_view::npos;
  std::uint64_t sum = sum_plainly(bytes.substr(0, window));
  for (std::size_t end = window; sum >= least; ++end) {
    if (end == bytes.size()) return std::string_view::npos;
    sum += value_of(bytes[end]) - value_of(bytes[end - window]);
    if (sum < least) return end + 1 - window;
  }
  return 0;
}

std::size_t find_adapter_plainly(const AdapterPattern& adapter, std::string_view read) {
  if (adapter.size < adapter.min_overlap) return read.size();
  for (std::size_t place = 0; place + adapter.min_overlap <= read.size(); ++place) {
    if (is_at(adapter, read.substr(place))) return place;
  }
  return read.size();
}

}  // namespace anneal::reads
