// The database sequences that are hits so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "anneal/search.h"
#include "io/record_batch.h"

namespace anneal::cli {

class KeptTargets {
 public:
  struct Target {
    std::string name;
    std::string comment;
    std::string letters;
  };

  /// Takes what is a hit now from the part that begins with sequence `first`. What no longer is one goes in time.
  void update(const Search& search, std::uint64_t first, const io::RecordBatch& part);

  const Target& operator[](std::uint64_t number) const { return targets_.at(number); }
  std::size_t size() const { return targets_.size(); }

 private:
  void drop_others(const Search& search);

  std::unordered_map<std::uint64_t, Target> targets_;  // by place in the database
  std::size_t needed_ = 0;                             // how many of them were hits when others were last dropped
};

}  // namespace anneal::cli
