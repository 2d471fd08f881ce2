#include "reads/adapter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "anneal/error.h"

namespace anneal::reads {
namespace {

constexpr unsigned char any_case = 0xdf;

bool differs(char read, char letter, char mask) { return ((read ^ letter) & mask & any_case) != 0; }

}  // namespace

Adapter::Adapter(std::string_view sequence, double error_rate, std::size_t min_overlap)
    : size_(sequence.size()), min_overlap_(min_overlap), most_differences_(size_ + 1) {
  if (sequence.empty() || sequence.find_first_not_of("ACGTUNacgtun") != std::string_view::npos) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("adapter '{}' must consist of the letters A, C, G, T, U and N", sequence));
  }
  if (!(error_rate >= 0 && error_rate <= 1)) {
    throw Error(ErrorCode::invalid_argument, fmt::format("the error rate {} is not in 0..1", error_rate));
  }
  if (min_overlap == 0) throw Error(ErrorCode::invalid_argument, "the overlap is 0; it must be 1 or more");
  // A rate such as 0.1 is a little more or less than what it is called: 0.1 of 30 is 3.
  constexpr double slack = 1e-9;
  for (std::size_t n = 0; n <= size_; ++n) {
    most_differences_[n] = static_cast<std::size_t>(std::floor(error_rate * static_cast<double>(n) + slack));
  }
  const std::size_t padded = (size_ + block - 1) / block * block;
  for (const char letter : sequence) {
    const bool is_any = (letter & any_case) == 'N';
    letters_ += static_cast<char>(letter & any_case);
    masks_ += static_cast<char>(is_any ? 0 : 0xff);
  }
  letters_.resize(padded, '\0');
  masks_.resize(padded, '\0');
}

std::size_t Adapter::find(std::string_view read) const {
  std::size_t position = 0;
  // A place needs whole blocks behind it, which filling may reach beyond the adapter.
  for (; position + letters_.size() <= read.size(); ++position) {
    if (size_ >= min_overlap_ && is_whole_at(read.data() + position)) return position;
  }
  for (; position + min_overlap_ <= read.size(); ++position) {
    if (is_cut_off_at(read.substr(position))) return position;
  }
  return read.size();
}

bool Adapter::is_whole_at(const char* place) const {
  const std::size_t most = most_differences_[size_];
  std::size_t differences = 0;
  for (std::size_t begin = 0; begin < letters_.size(); begin += block) {
    // Plain, so that compilers make it a few instructions.
    unsigned char found = 0;
    for (std::size_t k = 0; k < block; ++k) {
      const bool other = differs(place[begin + k], letters_[begin + k], masks_[begin + k]);
      found = static_cast<unsigned char>(found + (other ? 1 : 0));
    }
    differences += found;
    if (differences > most) return false;
  }
  return true;
}

bool Adapter::is_cut_off_at(std::string_view end) const {
  const std::size_t compared = std::min(end.size(), size_);
  if (compared < min_overlap_) return false;
  std::size_t left = most_differences_[compared];
  for (std::size_t k = 0; k < compared; ++k) {
    if (!differs(end[k], letters_[k], masks_[k])) continue;
    if (left == 0) return false;
    --left;
  }
  return true;
}

}  // namespace anneal::reads
