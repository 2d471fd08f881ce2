// What searches a database on one processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

namespace anneal::search {

/// A database sequence that scores at least as asked.
struct Hit {
  std::int32_t score;
  std::uint32_t target;  ///< index into the loaded targets
};

/// Scores every query against every loaded target by local alignment, exactly.
class Engine {
 public:
  virtual ~Engine() = default;
  virtual const std::string& name() const = 0;
  /// The targets that find() looks through, encoded (matrix codes); borrowed until the next load() returns or the
  /// engine goes.
  virtual void load(std::span<const std::string_view> targets) = 0;
  /// hits[q]: the best `top` targets of query q that score at least least[q] (>= 1), best first, ties by lower target.
  virtual void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                    std::vector<std::vector<Hit>>& hits, const RunControl& control) = 0;
};

}  // namespace anneal::search
