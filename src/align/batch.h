// A batch as engines see it: checked, with both sides addressed by pair.
#pragma once

#include "align/recurrence/excluded_ends.h"
#include "align/remote_letters.h"
#include "anneal/align.h"
#include "device/cpu/queue.h"

namespace anneal::align {

using recurrence::ExcludedEnds;

class Batch {
 public:
  /// Throws as PairBatch::size() does, and Error(invalid_argument) where band_centres or h0 do not fit the batch or
  /// the options, or where the scores of a pair may exceed 2^30. A GPU may take less time for a large batch than one
  /// thread takes to look at it: `threads` share that. `remote`: where the letters are; null for the host's memory.
  Batch(const PairBatch& pairs, const AlignOptions& options, device::cpu::Queue* threads = nullptr,
        const RemoteLetters* remote = nullptr);

  std::size_t size() const { return size_; }
  /// Query length times target length, of all pairs.
  std::uint64_t cells() const { return cells_; }
  std::size_t longest_query() const { return longest_query_; }
  std::size_t longest_target() const { return longest_target_; }
  std::string_view query(std::size_t pair) const { return pairs_.queries[query_record(pair)]; }
  std::string_view target(std::size_t pair) const { return pairs_.targets[target_record(pair)]; }
  /// Of pairs first .. last - 1; or the one sequence that all pairs have.
  std::span<const std::string_view> sequences(Side side, std::size_t first, std::size_t last) const {
    const std::span<const std::string_view> records = side == Side::query ? pairs_.queries : pairs_.targets;
    return records.size() == 1 ? records : records.subspan(first, last - first);
  }
  std::int32_t query_length(std::size_t pair) const { return static_cast<std::int32_t>(query(pair).size()); }
  std::int32_t target_length(std::size_t pair) const { return static_cast<std::int32_t>(target(pair).size()); }
  std::int32_t band_centre(std::size_t pair) const {
    return pairs_.band_centres.empty() ? 0 : pairs_.band_centres[pair];
  }
  std::int32_t h0(std::size_t pair) const {
    return pairs_.h0.empty() ? 0 : pairs_.h0[pairs_.h0.size() == 1 ? 0 : pair];
  }
  std::size_t query_record(std::size_t pair) const { return pairs_.queries.size() == 1 ? 0 : pair; }
  std::size_t target_record(std::size_t pair) const { return pairs_.targets.size() == 1 ? 0 : pair; }
  Letters letters() const { return pairs_.letters; }
  /// The same pairs, whose local alignments may not end there, with Output::score or end. Borrows one element per pair.
  Batch without_ends(std::span<const ExcludedEnds> excluded) const {
    Batch result = *this;
    result.excluded_ends_ = excluded;
    return result;
  }
  bool has_excluded_ends() const { return !excluded_ends_.empty(); }
  ExcludedEnds excluded_ends(std::size_t pair) const {
    return has_excluded_ends() ? excluded_ends_[pair] : ExcludedEnds{};
  }
  /// Whether a pair may end nowhere, so that it is unaligned.
  bool excludes_all_ends(std::size_t pair) const { return excluded_ends(pair).contain_all(target_length(pair)); }
  /// Some sequences of the batch on the host: these views, or such of copies in `room`.
  std::vector<std::string_view> on_host(std::vector<std::string_view> sequences, std::string& room) const {
    return remote_ == nullptr ? std::move(sequences) : remote_->copies_of(sequences, room);
  }

 private:
  void measure(device::cpu::Queue* threads);

  PairBatch pairs_;
  std::span<const ExcludedEnds> excluded_ends_;
  const RemoteLetters* remote_;
  std::size_t size_;
  std::uint64_t cells_ = 0;
  std::size_t longest_query_ = 0;
  std::size_t longest_target_ = 0;
};

}  // namespace anneal::align
