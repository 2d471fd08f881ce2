// What of a file `anneal view` writes.
#pragma once

namespace anneal::cli {

enum class ViewPart {
  everything,
  records,  ///< without the header, in text
  header,
  count,  ///< the number of the records that were asked for, as a line of text
};

}  // namespace anneal::cli
