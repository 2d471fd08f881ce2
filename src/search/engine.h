// What every implementation of the search offers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"
#include "anneal/error.h"

namespace anneal::search {

/// A database sequence that scores at least as asked.
struct Hit {
  std::int32_t score;
  std::uint32_t target;  ///< index into the loaded targets

  friend bool operator==(const Hit&, const Hit&) = default;
};

/// Best score first, and first in the database where scores are equal.
inline bool is_better(const Hit& a, const Hit& b) {
  return a.score != b.score ? a.score > b.score : a.target < b.target;
}

/// Scores every query against every loaded target by local alignment, exactly. Letters are matrix codes.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual const std::string& name() const = 0;
  /// The targets that find() looks through; borrowed until the next load() returns or the engine goes.
  virtual void load(std::span<const std::string_view> targets) = 0;
  /// hits[q]: the best `top` targets of query q that score at least least[q] (>= 1), best first.
  virtual void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                    std::vector<std::vector<Hit>>& hits, const RunControl& control) = 0;
  /// What failed where a device did, as one line; the hits are whole all the same.
  virtual std::string warning() const { return {}; }
};

/// Whether another device or smaller parts may help.
inline bool is_device_failure(const Error& error) {
  return error.code() == ErrorCode::device_failed || error.code() == ErrorCode::out_of_memory ||
         error.code() == ErrorCode::unavailable;
}

}  // namespace anneal::search
