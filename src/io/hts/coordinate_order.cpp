#include "io/hts/coordinate_order.h"

#include <fmt/format.h>

#include <tuple>

#include "anneal/error.h"
#include "base/text.h"

namespace anneal::io::hts {

void CoordinateOrder::add(const bam1_t* bam) {
  ++records_;
  const int reference = bam->core.tid;
  const std::int64_t position = reference < 0 ? -1 : bam->core.pos;
  // Those without a sequence come last.
  const auto key = [](int sequence, std::int64_t place) { return std::tuple(sequence < 0, sequence, place); };
  if (key(reference, position) < key(reference_, position_)) {
    const std::string name = bam->core.l_qname == 0 ? std::string() : base::quote(bam_get_qname(bam)) + " ";
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("record {} {}of {} is {}, behind one that is {}: an index needs a file sorted by coordinate; "
                    "sort it, as by samtools sort",
                    records_, name, file_, describe(reference, position), describe(reference_, position_)));
  }
  reference_ = reference;
  position_ = position;
}

std::string CoordinateOrder::describe(int reference, std::int64_t position) const {
  if (reference < 0) return "on no sequence";
  return fmt::format("at {}:{}", header_.reference_name(reference), position + 1);
}

}  // namespace anneal::io::hts
