#include "array/cpu/strips.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "array/cpu/transposed_lines.h"

namespace anneal::array::cpu {

namespace {

constexpr std::size_t line_bytes = 64;
// Elements of a segment.
constexpr std::int64_t most_elements = 1024;
// Rows that are longer would take more memory than the second cache has.
constexpr std::int64_t longest_row = 32 * most_elements;
constexpr std::int64_t shortest_row = 16;
// Processors fetch nothing ahead across pages. Into the second cache: lines that are a power of two apart fall on few
// places of the first.
constexpr std::int64_t lines_ahead = 128;
constexpr int to_second_cache = 2;

template <class T>
constexpr std::int64_t elements_of_line = line_bytes / sizeof(T);

// Elements from one row of a segment to the next: not a power of two, as such rows would be in the same places of the
// first cache.
template <class T>
constexpr std::int64_t pitch = most_elements + elements_of_line<T>;

}  // namespace

bool Strips::are_for(std::int64_t stride, std::int64_t length, std::size_t element_size) {
  const bool is_far =
      std::abs(stride) * static_cast<std::int64_t>(element_size) >= static_cast<std::int64_t>(line_bytes);
  return is_far && length >= shortest_row && length <= longest_row;
}

namespace {

// rows[r][k] = element r of line k. Several lines at once, so that what is written is longer. `known` is the number of
// rows, or 0.
template <std::int64_t known, class T>
void transpose(const std::byte* from, std::int64_t step, std::int64_t lines, std::int64_t any_rows, T* rows) {
  constexpr std::int64_t at_once = 8;
  const std::int64_t count = known > 0 ? known : any_rows;
  T block[at_once][elements_of_line<T>];
  for (std::int64_t k = 0; k < lines; k += at_once) {
    const std::int64_t some = std::min(at_once, lines - k);
    for (std::int64_t c = 0; c < some; ++c, from += step) {
      if (k + c + lines_ahead < lines) __builtin_prefetch(from + lines_ahead * step, 0, to_second_cache);
      std::memcpy(block[c], from, static_cast<std::size_t>(count) * sizeof(T));
    }
    if (some == at_once && count == elements_of_line<T>) {
      transpose_lines<at_once, pitch<T>>(block, rows + k);
    } else if (some == at_once) {
      for (std::int64_t r = 0; r < count; ++r) {
        for (std::int64_t c = 0; c < at_once; ++c) rows[r * pitch<T> + k + c] = block[c][r];
      }
    } else {
      for (std::int64_t r = 0; r < count; ++r) {
        for (std::int64_t c = 0; c < some; ++c) rows[r * pitch<T> + k + c] = block[c][r];
      }
    }
  }
}

}  // namespace

template <class T>
T* Strips::rows_of(std::int64_t segment) {
  const std::size_t elements = static_cast<std::size_t>(elements_of_line<T> * pitch<T>);
  return reinterpret_cast<T*>(memory_.reserve(segments_.size() * elements * sizeof(T))) +
         static_cast<std::size_t>(segment) * elements;
}

// Up to the end of the first row's line, so that the next strip begins with a whole one.
template <class T>
void Strips::fetch(const Row& row, std::int64_t number) {
  constexpr auto size = static_cast<std::int64_t>(sizeof(T));
  T* const rows = rows_of<T>(number);
  Segment& segment = segments_[static_cast<std::size_t>(number)];
  const auto place = static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(row.first) % line_bytes / sizeof(T));
  segment.first_row = row.first;
  segment.rows = std::min(elements_of_line<T> - place, row.next_rows + 1);
  const std::int64_t begin = number * most_elements;
  const std::int64_t length = std::min(most_elements, row.length - begin);
  const std::byte* const from = row.first + begin * row.stride * size;
  if (segment.rows == elements_of_line<T>) {
    transpose<elements_of_line<T>>(from, row.stride * size, length, elements_of_line<T>, rows);
  } else {
    transpose<0>(from, row.stride * size, length, segment.rows, rows);
  }
}

template <class T>
void Strips::read(const Row& row, std::int64_t begin, std::int64_t count, T* to) {
  constexpr auto size = static_cast<std::int64_t>(sizeof(T));
  segments_.resize(static_cast<std::size_t>((row.length + most_elements - 1) / most_elements));
  while (count > 0) {
    const std::int64_t number = begin / most_elements;
    const std::int64_t offset = begin % most_elements;
    const std::int64_t taken = std::min(count, most_elements - offset);
    const Segment& segment = segments_[static_cast<std::size_t>(number)];
    const auto distance = [&] { return row.first - segment.first_row; };
    const bool is_there = segment.rows > 0 && distance() >= 0 && distance() < segment.rows * size;
    if (!is_there) fetch<T>(row, number);
    std::memcpy(to, rows_of<T>(number) + distance() / size * pitch<T> + offset,
                static_cast<std::size_t>(taken) * sizeof(T));
    begin += taken;
    to += taken;
    count -= taken;
  }
}

template void Strips::read(const Row&, std::int64_t, std::int64_t, std::uint8_t*);
template void Strips::read(const Row&, std::int64_t, std::int64_t, std::uint16_t*);
template void Strips::read(const Row&, std::int64_t, std::int64_t, std::uint32_t*);
template void Strips::read(const Row&, std::int64_t, std::int64_t, std::uint64_t*);

}  // namespace anneal::array::cpu
