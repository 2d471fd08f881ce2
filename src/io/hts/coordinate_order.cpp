#include "io/hts/coordinate_order.h"

#include <tuple>

namespace anneal::io::hts {

bool CoordinateOrder::add(Place place) {
  if (place.contig < 0) place.position = -1;
  const auto key = [](const Place& at) { return std::tuple(at.contig < 0, at.contig, at.position); };
  if (key(place) < key(last_)) return false;
  last_ = place;
  return true;
}

}  // namespace anneal::io::hts
