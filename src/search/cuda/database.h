// The targets of a search in a device's memory.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "align/cuda/gpu.h"
#include "device/buffer.h"
#include "search/cuda/score_job.h"
#include "search/cuda/scoring.h"

namespace anneal::search::cuda {

/// What lies between the columns of neighbours in a border, in fours: see Item.
inline constexpr std::uint32_t border_gap = 1;

class Database {
 public:
  /// Uploads targets, encoded by codes of the matrix, the longest first. Throws Error(out_of_memory) where they do not
  /// fit the device's memory, and Error(invalid_argument) for more letters than a database can have.
  Database(align::cuda::Gpu& gpu, const SearchScoring& scoring, std::span<const std::string_view> targets);

  std::uint32_t targets() const { return targets_; }
  std::uint64_t total_letters() const { return total_letters_; }
  /// Numbers of letters: those that occur. The next one is padding.
  int letters() const { return letters_; }

  const Word* words() const { return words_.data(); }
  const signed char* matrix() const { return matrix_.data(); }  ///< as ScoreJob's

  /// Of all targets but empty ones, the longest first.
  const std::vector<Item>& items() const { return host_items_; }
  const Item* device_items() const { return items_.data(); }
  /// The item of a target that is not empty.
  const Item& item_of(std::uint32_t target) const { return host_items_[places_[target]]; }

 private:
  void number_letters(std::span<const std::string_view> targets);
  void place_targets(std::span<const std::string_view> targets);
  void check_room(align::cuda::Gpu& gpu) const;
  void upload_matrix(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const SearchScoring& scoring);
  void upload_letters(align::cuda::Gpu& gpu, device::cuda::Queue& queue, std::span<const std::string_view> targets);
  std::size_t pack(std::span<const std::string_view> targets, std::size_t first, std::span<unsigned char> bytes) const;

  std::uint32_t targets_;
  std::uint64_t total_letters_ = 0;
  std::uint64_t total_words_ = 0;
  int letters_ = 0;
  unsigned char numbers_[256] = {};  // by code
  std::vector<int> codes_;           // by number
  std::vector<Item> host_items_;
  std::vector<std::uint32_t> places_;  // in host_items_, by target
  device::Buffer<Word> words_;
  device::Buffer<Item> items_;
  device::Buffer<signed char> matrix_;
};

}  // namespace anneal::search::cuda
