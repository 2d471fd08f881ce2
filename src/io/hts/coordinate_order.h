// Whether records come by coordinate.
#pragma once

#include <cstdint>

namespace anneal::io::hts {

class CoordinateOrder {
 public:
  /// A place; `contig` is a number, below 0 for records without one, which come last.
  struct Place {
    int contig = 0;
    std::int64_t position = -1;
  };

  /// The place of the next record. False where it should have come before the last one.
  bool add(Place place);
  const Place& last() const { return last_; }  ///< before which the record that was refused should have come

 private:
  Place last_;
};

}  // namespace anneal::io::hts
