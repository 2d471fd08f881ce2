#include "array/cpu/gather.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace anneal::array::cpu {

namespace {

template <class Body>
void with_element_type(std::size_t element_size, Body body) {
  switch (element_size) {
    case 1:
      return body(std::uint8_t{});
    case 2:
      return body(std::uint16_t{});
    case 4:
      return body(std::uint32_t{});
    default:
      return body(std::uint64_t{});
  }
}

// Elements may lie at any address.
template <class T>
void copy_row(const std::byte* from, std::int64_t stride, std::size_t count, T* to) {
  if (stride == 1) {
    std::memcpy(to, from, count * sizeof(T));
    return;
  }
  const std::int64_t step = stride * static_cast<std::int64_t>(sizeof(T));
  for (std::size_t k = 0; k < count; ++k) std::memcpy(to + k, from + static_cast<std::int64_t>(k) * step, sizeof(T));
}

// Where in the run the next row begins.
class Place {
 public:
  Place(const Nest& nest, std::size_t leaf, std::int64_t first)
      : axes_(nest.axes.data() + nest.outer_axes()), strides_(nest.strides_of(leaf) + nest.outer_axes()),
        inner_(nest.run_axes - 1) {
    places.assign(nest.run_axes, 0);
    for (std::size_t k = nest.run_axes; k-- > 0;) {
      places[k] = first % axes_[k].size;
      first /= axes_[k].size;
      offset_ += places[k] * strides_[k];
    }
  }

  std::int64_t offset() const { return offset_; }
  std::int64_t stride() const { return strides_[inner_]; }
  std::size_t left_of_row() const { return static_cast<std::size_t>(axes_[inner_].size - places[inner_]); }
  std::int64_t place_in_row() const { return places[inner_]; }
  std::int64_t length() const { return axes_[inner_].size; }
  // Along the next axis outwards, of which the run may have none.
  std::int64_t next_rows(std::int64_t outer_place) const {
    const Nest::Axis& next = *(axes_ + inner_ - 1);
    return next.size - 1 - (inner_ > 0 ? places[inner_ - 1] : outer_place);
  }

  void next_row() {
    offset_ -= places[inner_] * strides_[inner_];
    places[inner_] = 0;
    for (std::size_t k = inner_; k-- > 0;) {
      offset_ += strides_[k];
      if (++places[k] < axes_[k].size) return;
      offset_ -= places[k] * strides_[k];
      places[k] = 0;
    }
  }

 private:
  const Nest::Axis* axes_;
  const std::int64_t* strides_;
  std::size_t inner_;
  std::int64_t offset_ = 0;
  static inline thread_local std::vector<std::int64_t> places;
};

}  // namespace

void fill(const void* element, std::size_t element_size, std::size_t count, void* to) {
  with_element_type(element_size, [&]<class T>(T value) {
    std::memcpy(&value, element, sizeof value);
    std::fill_n(static_cast<T*>(to), count, value);
  });
}

bool may_use_strips(const Nest& nest, std::size_t leaf) {
  if (nest.axes.size() < 2 || nest.strides_of(leaf)[nest.axes.size() - 2] != 1) return false;
  // Outer axes that are reduced come before those that are kept.
  return nest.run_axes > 1 || nest.axes[nest.axes.size() - 2].is_reduced || nest.outer_length(true) == 1;
}

void gather_run(const Nest& nest, std::size_t leaf, const std::byte* base, std::size_t element_size, std::int64_t first,
                std::size_t count, void* to, Strips* strips, std::int64_t outer_place) {
  with_element_type(element_size, [&]<class T>(T) {
    T* next = static_cast<T*>(to);
    Place place(nest, leaf, first);
    for (std::size_t left = count; left > 0;) {
      const std::size_t row = std::min(left, place.left_of_row());
      const std::int64_t row_begin = place.offset() - place.place_in_row() * place.stride();
      if (strips != nullptr) {
        strips->read({base + row_begin * static_cast<std::int64_t>(sizeof(T)), place.stride(), place.length(),
                      place.next_rows(outer_place)},
                     place.place_in_row(), static_cast<std::int64_t>(row), next);
      } else {
        copy_row(base + place.offset() * static_cast<std::int64_t>(sizeof(T)), place.stride(), row, next);
      }
      next += row;
      left -= row;
      place.next_row();
    }
  });
}

}  // namespace anneal::array::cpu
