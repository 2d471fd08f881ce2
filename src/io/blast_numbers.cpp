#include "io/blast_numbers.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace anneal::io {

void append_evalue(std::string& text, std::optional<double> evalue, EvaluePrecision precision) {
  auto out = std::back_inserter(text);
  if (!evalue.has_value()) {
    text += "NA";
  } else if (*evalue < 1e-180) {
    text += "0.0";
  } else if (*evalue < 0.0009) {
    fmt::format_to(out, "{:.{}e}", *evalue, precision == EvaluePrecision::table ? 2 : 0);
  } else if (*evalue < 0.1) {
    fmt::format_to(out, "{:.3f}", *evalue);
  } else if (*evalue < 1) {
    fmt::format_to(out, "{:.2f}", *evalue);
  } else if (*evalue < 10) {
    fmt::format_to(out, "{:.1f}", *evalue);
  } else {
    fmt::format_to(out, "{:.0f}", *evalue);
  }
}

void append_bits(std::string& text, double bits) {
  auto out = std::back_inserter(text);
  if (bits > 99999) {
    fmt::format_to(out, "{:.3e}", bits);
  } else if (bits > 99.9) {
    fmt::format_to(out, "{:.0f}", std::trunc(bits));
  } else {
    fmt::format_to(out, "{:4.1f}", bits);
  }
}

}  // namespace anneal::io
