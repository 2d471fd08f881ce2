#include "io/blast_numbers.h"

#include <cmath>

#include "base/append_format.h"

namespace anneal::io {

void append_evalue(std::string& text, std::optional<double> evalue, EvaluePrecision precision) {
  if (!evalue.has_value()) {
    text += "NA";
  } else if (*evalue < 1e-180) {
    text += "0.0";
  } else if (*evalue < 0.0009) {
    base::append_format(text, "{:.{}e}", *evalue, precision == EvaluePrecision::table ? 2 : 0);
  } else if (*evalue < 0.1) {
    base::append_format(text, "{:.3f}", *evalue);
  } else if (*evalue < 1) {
    base::append_format(text, "{:.2f}", *evalue);
  } else if (*evalue < 10) {
    base::append_format(text, "{:.1f}", *evalue);
  } else {
    base::append_format(text, "{:.0f}", *evalue);
  }
}

void append_bits(std::string& text, double bits) {
  if (bits > 99999) {
    base::append_format(text, "{:.3e}", bits);
  } else if (bits > 99.9) {
    base::append_format(text, "{:.0f}", std::trunc(bits));
  } else {
    base::append_format(text, "{:4.1f}", bits);
  }
}

}  // namespace anneal::io
