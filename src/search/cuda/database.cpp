#include "search/cuda/database.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

namespace anneal::search::cuda {
namespace {

constexpr std::size_t staging_bytes = std::size_t{32} << 20;

std::uint32_t fours_of(std::size_t letters) { return static_cast<std::uint32_t>((letters + 3) / 4); }

}  // namespace

Database::Database(align::cuda::Gpu& gpu, const SearchScoring& scoring, std::span<const std::string_view> targets)
    : targets_(static_cast<std::uint32_t>(targets.size())) {
  if (targets.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} targets to search; search at most {} at a time",
                                                         targets.size(), std::numeric_limits<std::uint32_t>::max()));
  }
  number_letters(targets);
  place_targets(targets);
  check_room(gpu);
  device::cuda::Queue queue(gpu.device());
  upload_matrix(gpu, queue, scoring);
  upload_letters(gpu, queue, targets);
  items_ = gpu.memory().acquire<Item>(host_items_.size());
  queue.copy(items_.data(), host_items_.data(), host_items_.size() * sizeof(Item));
  queue.synchronize();
}

void Database::number_letters(std::span<const std::string_view> targets) {
  bool occurs[256] = {};
  for (const std::string_view target : targets) {
    for (const char code : target) occurs[static_cast<unsigned char>(code)] = true;
  }
  for (int code = 0; code < query_codes; ++code) {
    if (!occurs[code]) continue;
    numbers_[code] = static_cast<unsigned char>(letters_++);
    codes_.push_back(code);
  }
}

void Database::place_targets(std::span<const std::string_view> targets) {
  std::vector<std::uint32_t> order(targets.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, std::greater(), [&](std::uint32_t target) { return targets[target].size(); });
  places_.resize(targets.size());
  host_items_.reserve(targets.size());
  std::uint64_t border = border_gap;
  for (const std::uint32_t target : order) {
    const std::size_t letters = targets[target].size();
    if (letters == 0) break;
    places_[target] = static_cast<std::uint32_t>(host_items_.size());
    host_items_.push_back({static_cast<std::uint32_t>(total_words_), static_cast<std::int32_t>(letters), target,
                           static_cast<std::uint32_t>(border)});
    total_letters_ += letters;
    total_words_ += fours_of(letters);
    border += fours_of(letters) + border_gap;
  }
  if (border > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} targets of {} letters to search; search at most {} letters at a time", targets.size(),
                            total_letters_, std::uint64_t{1} << 33));
  }
}

void Database::check_room(align::cuda::Gpu& gpu) const {
  gpu.memory().trim();
  const std::uint64_t needed = total_words_ * sizeof(Word) + host_items_.size() * sizeof(Item);
  const device::BufferPool::Usage usage = gpu.memory().usage();
  const std::uint64_t room = usage.limit - usage.in_use;
  // What find() needs besides: borders and scores.
  if (needed <= room / 8 * 7) return;
  throw Error(ErrorCode::out_of_memory,
              fmt::format("{} targets of {} letters need {} bytes on {}, where {} can be used; search them in parts",
                          targets_, total_letters_, needed, gpu.device().where(), room / 8 * 7));
}

void Database::upload_matrix(align::cuda::Gpu& gpu, device::cuda::Queue& queue, const SearchScoring& scoring) {
  std::vector<signed char> scores(std::max<std::size_t>(codes_.size(), 1) * query_codes);
  auto score = scores.begin();
  for (const int target : codes_) {
    for (int query = 0; query < query_codes; ++query, ++score) {
      if (query < scoring.matrix.size()) *score = static_cast<signed char>(scoring.matrix.score(query, target));
    }
  }
  matrix_ = gpu.memory().acquire<signed char>(scores.size());
  queue.copy(matrix_.data(), scores.data(), scores.size());
  queue.synchronize();
}

void Database::upload_letters(align::cuda::Gpu& gpu, device::cuda::Queue& queue,
                              std::span<const std::string_view> targets) {
  words_ = gpu.memory().acquire<Word>(total_words_);
  auto* const to = reinterpret_cast<unsigned char*>(words_.data());
  const std::size_t longest =
      host_items_.empty() ? 0 : std::size_t{fours_of(targets[host_items_[0].target].size())} * 4;
  const std::size_t bytes = std::min(std::max(staging_bytes, longest), static_cast<std::size_t>(total_words_) * 4);
  device::Buffer<unsigned char> staging[2];
  std::shared_ptr<const device::Event> copied[2];
  for (device::Buffer<unsigned char>& buffer : staging) buffer = gpu.staging().acquire<unsigned char>(bytes);
  std::size_t first = 0;
  for (int turn = 0; first < host_items_.size(); turn = 1 - turn) {
    if (copied[turn] != nullptr) copied[turn]->wait();
    const std::size_t next = pack(targets, first, staging[turn].span());
    const std::size_t begin = std::size_t{host_items_[first].word} * 4;
    const std::size_t end = next < host_items_.size() ? std::size_t{host_items_[next].word} * 4
                                                      : static_cast<std::size_t>(total_words_) * 4;
    queue.copy(to + begin, staging[turn].data(), end - begin);
    copied[turn] = queue.record();
    first = next;
  }
  queue.synchronize();
}

// As many targets as there is room for, from `first` on. Returns the one after the last.
std::size_t Database::pack(std::span<const std::string_view> targets, std::size_t first,
                           std::span<unsigned char> bytes) const {
  std::size_t used = 0, place = first;
  for (; place < host_items_.size(); ++place) {
    const std::string_view letters = targets[host_items_[place].target];
    const std::size_t end = used + std::size_t{fours_of(letters.size())} * 4;
    if (end > bytes.size()) break;
    for (const char code : letters) bytes[used++] = numbers_[static_cast<unsigned char>(code)];
    while (used < end) bytes[used++] = static_cast<unsigned char>(letters_);
  }
  return place;
}

}  // namespace anneal::search::cuda
