// The chains of one read, which become its alignments.
#pragma once

#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "map/minimap/library.h"

namespace anneal::map {

/// minimap2's records, in memory of malloc() as its functions want it, and the anchors that they refer to.
class Hits {
 public:
  Hits() = default;
  /// Takes both over.
  Hits(mm_reg1_t* records, int count, std::vector<mm128_t> anchors)
      : anchors_(std::move(anchors)), records_(records), count_(count) {}
  Hits(Hits&& other) noexcept
      : anchors_(std::move(other.anchors_)), records_(std::exchange(other.records_, nullptr)),
        count_(std::exchange(other.count_, 0)) {}
  Hits& operator=(Hits&& other) noexcept {
    std::swap(anchors_, other.anchors_);
    std::swap(records_, other.records_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~Hits() {
    for (mm_reg1_t& record : records()) std::free(record.p);
    std::free(records_);
  }

  std::span<mm_reg1_t> records() { return {records_, static_cast<std::size_t>(count_)}; }
  std::span<const mm_reg1_t> records() const { return {records_, static_cast<std::size_t>(count_)}; }
  std::vector<mm128_t>& anchors() { return anchors_; }
  const std::vector<mm128_t>& anchors() const { return anchors_; }

  // For minimap2's functions, which remove some.
  mm_reg1_t* data() { return records_; }
  int* count() { return &count_; }

  void append(const mm_reg1_t& record) {
    const std::size_t bytes = sizeof(mm_reg1_t) * (static_cast<std::size_t>(count_) + 1);
    void* const grown = std::realloc(static_cast<void*>(records_), bytes);
    if (grown == nullptr) throw std::bad_alloc();
    records_ = static_cast<mm_reg1_t*>(grown);
    records_[count_++] = record;
  }

 private:
  std::vector<mm128_t> anchors_;
  mm_reg1_t* records_ = nullptr;
  int count_ = 0;
};

}  // namespace anneal::map
