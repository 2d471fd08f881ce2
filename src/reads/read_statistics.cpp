#include "reads/read_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>

namespace anneal::reads {
namespace {

constexpr Letter letter_of(char byte) {
  switch (byte | 0x20) {
    case 'a':
      return Letter::a;
    case 'c':
      return Letter::c;
    case 'g':
      return Letter::g;
    case 't':
    case 'u':
      return Letter::t;
    case 'n':
      return Letter::n;
    default:
      return Letter::other;
  }
}

constexpr std::array<std::uint8_t, 256> kinds = [] {
  std::array<std::uint8_t, 256> table{};
  for (int i = 0; i < 256; ++i)
    table[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(letter_of(static_cast<char>(i)));
  return table;
}();

std::size_t kind_of(char byte) { return kinds[static_cast<unsigned char>(byte)]; }

template <std::size_t size>
void add(std::array<std::uint64_t, size>& to, const std::array<std::uint64_t, size>& from) {
  for (std::size_t i = 0; i < size; ++i) to[i] += from[i];
}

template <std::size_t size>
std::uint64_t sum(const std::array<std::uint64_t, size>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t gc_of(const LetterCounts& counts) { return counts[1] + counts[2]; }
std::uint64_t bases_of(const LetterCounts& counts) { return counts[0] + counts[1] + counts[2] + counts[3]; }

}  // namespace

std::uint64_t ReadStatistics::Cycle::reads() const { return sum(letters); }

void ReadStatistics::add(std::string_view sequence, std::string_view quality) {
  ++reads_;
  bases_ += sequence.size();
  ++by_length_[sequence.size()];
  const std::size_t cycles = std::min(sequence.size(), most_cycles);
  if (cycles_.size() < cycles) cycles_.resize(cycles);
  add_letters(sequence);
  if (!quality.empty()) add_quality(quality);
}

void ReadStatistics::add_letters(std::string_view sequence) {
  LetterCounts counts = {};
  const std::size_t cycles = std::min(sequence.size(), most_cycles);
  for (std::size_t i = 0; i < cycles; ++i) {
    const std::size_t kind = kind_of(sequence[i]);
    ++counts[kind];
    ++cycles_[i].letters[kind];
  }
  for (const char letter : sequence.substr(cycles)) ++counts[kind_of(letter)];
  reads::add(letters_, counts);
  const std::uint64_t bases = bases_of(counts);
  if (bases > 0) ++by_gc_percent_[(200 * gc_of(counts) + bases) / (2 * bases)];
}

void ReadStatistics::add_quality(std::string_view quality) {
  const std::size_t cycles = std::min(quality.size(), most_cycles);
  for (std::size_t i = 0; i < cycles; ++i) ++cycles_[i].by_quality[static_cast<std::size_t>(phred(quality[i]))];
  for (const char letter : quality.substr(cycles)) ++by_quality_behind_[static_cast<std::size_t>(phred(letter))];
  const std::uint64_t total = reads::quality_sum(quality);
  quality_sum_ += total;
  bases_with_quality_ += quality.size();
  ++by_mean_quality_[total / quality.size()];
}

ReadStatistics& ReadStatistics::operator+=(const ReadStatistics& other) {
  reads_ += other.reads_;
  bases_ += other.bases_;
  bases_with_quality_ += other.bases_with_quality_;
  quality_sum_ += other.quality_sum_;
  reads::add(letters_, other.letters_);
  if (cycles_.size() < other.cycles_.size()) cycles_.resize(other.cycles_.size());
  for (std::size_t i = 0; i < other.cycles_.size(); ++i) {
    reads::add(cycles_[i].letters, other.cycles_[i].letters);
    reads::add(cycles_[i].by_quality, other.cycles_[i].by_quality);
  }
  reads::add(by_quality_behind_, other.by_quality_behind_);
  reads::add(by_mean_quality_, other.by_mean_quality_);
  reads::add(by_gc_percent_, other.by_gc_percent_);
  for (const auto& [length, count] : other.by_length_) by_length_[length] += count;
  return *this;
}

double ReadStatistics::gc_share() const { return share(gc_of(letters_), bases_of(letters_)); }

QualityCounts ReadStatistics::by_quality() const {
  QualityCounts counts = by_quality_behind_;
  for (const Cycle& cycle : cycles_) reads::add(counts, cycle.by_quality);
  return counts;
}

double ReadStatistics::mean_quality() const { return share(quality_sum_, bases_with_quality_); }

double ReadStatistics::share_of_quality(int least) const {
  const QualityCounts counts = by_quality();
  return share(std::accumulate(counts.begin() + least, counts.end(), std::uint64_t{0}), bases_with_quality_);
}

std::map<std::uint64_t, std::uint64_t> ReadStatistics::by_length() const {
  return {by_length_.begin(), by_length_.end()};
}

std::uint64_t ReadStatistics::shortest() const {
  const auto lengths = std::views::keys(by_length_);
  return by_length_.empty() ? 0 : *std::ranges::min_element(lengths);
}

std::uint64_t ReadStatistics::longest() const {
  const auto lengths = std::views::keys(by_length_);
  return by_length_.empty() ? 0 : *std::ranges::max_element(lengths);
}

double ReadStatistics::mean_length() const { return share(bases_, reads_); }

std::uint64_t ReadStatistics::n50() const {
  const auto lengths = by_length();
  std::uint64_t reached = 0;
  for (const auto& [length, reads] : lengths | std::views::reverse) {
    reached += length * reads;
    if (2 * reached >= bases_) return length;
  }
  return 0;
}

std::size_t quantile(const QualityCounts& counts, double share_of_them) {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share_of_them * static_cast<double>(sum(counts))));
  std::uint64_t passed = 0;
  for (std::size_t value = 0; value < counts.size(); ++value) {
    passed += counts[value];
    if (passed >= rank && passed > 0) return value;
  }
  return 0;
}

}  // namespace anneal::reads
