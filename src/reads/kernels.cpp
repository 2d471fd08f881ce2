#include "reads/kernels.h"

#include <algorithm>
#include <cstring>

#include "device/cpu/highway_config.h"
#include "reads/plain_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "reads/kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace anneal::reads {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
using Bytes = hn::ScalableTag<std::uint8_t>;
static_assert(hn::MaxLanes(Bytes()) <= AdapterPattern::most_lanes);

constexpr std::uint8_t any_case = 0xdf;

const std::uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const std::uint8_t*>(text.data()); }

/// Calls `take(vector, mask)` with vectors that hold all bytes; the mask has the lanes that were in one before. There
/// is at least a vector.
template <class Take>
HWY_INLINE void for_vectors(std::string_view text, const Take& take) {
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  const auto none = hn::FirstN(d, 0);
  const std::uint8_t* const bytes = bytes_of(text);
  std::size_t k = 0;
  for (; k + lanes <= text.size(); k += lanes) take(hn::LoadU(d, bytes + k), none);
  if (k == text.size()) return;
  const std::size_t begin = text.size() - lanes;
  take(hn::LoadU(d, bytes + begin), hn::FirstN(d, k - begin));
}

std::size_t count_n(std::string_view sequence) {
  const Bytes d;
  if (sequence.size() < hn::Lanes(d)) return count_n_plainly(sequence);
  std::size_t count = 0;
  for_vectors(sequence, [&](auto letters, auto seen) HWY_ATTR {
    const auto is_n = hn::Eq(hn::And(letters, hn::Set(d, any_case)), hn::Set(d, std::uint8_t{'N'}));
    count += hn::CountTrue(d, hn::AndNot(seen, is_n));
  });
  return count;
}

std::uint64_t sum(std::string_view bytes) {
  const Bytes d;
  const hn::Repartition<std::uint64_t, Bytes> d64;
  if (bytes.size() < hn::Lanes(d)) return sum_plainly(bytes);
  auto sums = hn::Zero(d64);
  for_vectors(bytes, [&](auto values, auto seen)
                         HWY_ATTR { sums = hn::Add(sums, hn::SumsOf8(hn::IfThenZeroElse(seen, values))); });
  return hn::GetLane(hn::SumOfLanes(d64, sums));
}

// Adds up each window anew, which is faster than one sum that goes on only for short ones.
std::size_t find_low_window(std::string_view bytes, std::size_t window, std::uint64_t least) {
  constexpr std::size_t widest = 16, largest_sum = widest * 0xff;
  const hn::ScalableTag<std::uint16_t> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  const std::size_t lanes = hn::Lanes(d);
  if (window > widest || bytes.size() < window + lanes) return find_low_window_plainly(bytes, window, least);
  const auto limit = hn::Set(d, static_cast<std::uint16_t>(std::min<std::uint64_t>(least, largest_sum + 1)));
  const std::size_t places = bytes.size() - window + 1;
  for (std::size_t k = 0; k < places; k += lanes) {
    // The last ones are looked at with some that were looked at before.
    const std::size_t place = std::min(k, places - lanes);
    const std::uint8_t* const values = bytes_of(bytes) + place;
    auto sums = hn::PromoteTo(d, hn::LoadU(d8, values));
    for (std::size_t i = 1; i < window; ++i) sums = hn::Add(sums, hn::PromoteTo(d, hn::LoadU(d8, values + i)));
    const std::intptr_t found = hn::FindFirstTrue(d, hn::Lt(sums, limit));
    if (found >= 0) return place + static_cast<std::size_t>(found);
  }
  return std::string_view::npos;
}

/// The first of a vector of places where the adapter is; negative where it is at none.
HWY_INLINE std::intptr_t find_among(const AdapterPattern& adapter, hn::Vec<Bytes> budgets, const std::uint8_t* places) {
  const Bytes d;
  const auto one = hn::Set(d, std::uint8_t{1});
  const auto compare = [&](const AdapterPattern::Letter& letter) HWY_ATTR {
    const auto is_same =
        hn::Eq(hn::LoadU(d, places + letter.offset), hn::Set(d, static_cast<std::uint8_t>(letter.letter)));
    budgets = hn::SaturatedSub(budgets, hn::IfThenZeroElse(is_same, one));
  };
  const AdapterPattern::Letter* letter = adapter.letters.data();
  const AdapterPattern::Letter* const end = letter + adapter.letters.size();
  for (; end - letter >= 4; letter += 4) {
    for (int k = 0; k < 4; ++k) compare(letter[k]);
    if (hn::AllTrue(d, hn::Eq(budgets, hn::Zero(d)))) return -1;
  }
  for (; letter != end; ++letter) compare(*letter);
  return hn::FindFirstTrue(d, hn::Ne(budgets, hn::Zero(d)));
}

/// The letters in upper case, and zeros behind them: `size` bytes, and up to a vector more.
HWY_INLINE void copy_in_upper_case(std::string_view letters, std::size_t size, std::uint8_t* to) {
  const Bytes d;
  const auto mask = hn::Set(d, any_case);
  const std::size_t lanes = hn::Lanes(d);
  std::memcpy(to, letters.data(), letters.size());
  std::memset(to + letters.size(), 0, size + lanes - letters.size());
  for (std::size_t k = 0; k < letters.size(); k += lanes) hn::StoreU(hn::And(hn::LoadU(d, to + k), mask), d, to + k);
}

std::size_t find_adapter(const AdapterPattern& adapter, std::string_view read) {
  if (adapter.budgets.empty()) return find_adapter_plainly(adapter, read);
  constexpr std::size_t most_places = 1024;
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  std::uint8_t letters[most_places + AdapterPattern::longest_with_budgets + AdapterPattern::most_lanes];
  for (std::size_t begin = 0; begin < read.size(); begin += most_places) {
    const std::size_t places = std::min(most_places, read.size() - begin);
    const std::size_t in_vectors = (places + lanes - 1) / lanes * lanes;
    copy_in_upper_case(read.substr(begin, in_vectors + adapter.size), in_vectors + adapter.size, letters);
    for (std::size_t k = 0; k < places; k += lanes) {
      // Letters of the adapter behind the read, at the last place of this vector.
      const std::size_t end = begin + k + lanes + adapter.size - 1;
      const std::uint8_t* const last = adapter.budgets.data() + AdapterPattern::most_lanes;
      const auto budgets =
          end <= read.size() ? hn::Set(d, last[0]) : hn::LoadU(d, last + (end - read.size()) + 1 - lanes);
      const std::intptr_t found = find_among(adapter, budgets, letters + k);
      if (found >= 0) return begin + k + static_cast<std::size_t>(found);
    }
  }
  return read.size();
}
#endif

Kernels kernels() {
#if HWY_TARGET == HWY_SCALAR
  return {count_n_plainly, sum_plainly, find_low_window_plainly, find_adapter_plainly};
#else
  return {count_n, sum, find_low_window, find_adapter};
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::reads
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::reads {
namespace {

HWY_EXPORT(kernels);

}  // namespace

const Kernels* find_kernels(std::string_view backend) {
  static constexpr Kernels plain = {count_n_plainly, sum_plainly, find_low_window_plainly, find_adapter_plainly};
  static const device::cpu::KernelLibrary<Kernels> library(
      [](std::int64_t target) { return device::cpu::function_for(HWY_DISPATCH_TABLE(kernels), target)(); });
  return backend == "scalar" ? &plain : library.find(backend);
}

const Kernels& best_kernels() {
  static const Kernels best = [] {
    const auto targets = device::cpu::runnable_targets();
    return *find_kernels(targets.empty() ? "scalar" : device::cpu::target_name(targets.front()));
  }();
  return best;
}

}  // namespace anneal::reads
#endif
