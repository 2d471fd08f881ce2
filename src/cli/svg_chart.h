// Charts as SVG inside of HTML. Colours are classes of the page's style sheet: chart_style.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anneal::cli {

/// A line over the columns of a chart, or bars.
struct Series {
  std::string_view name;   ///< in the legend
  std::string_view color;  ///< "blue", "green", "orange", "red" or "grey"
  std::vector<double> values;
};

struct Chart {
  std::string_view title;
  std::string_view x_title, y_title;
  double x_begin = 0;  ///< of the first column
  double x_step = 1;   ///< from one column to the next
  double y_max = 1;    ///< values are 0..y_max
  bool bars = false;
  std::vector<Series> series = {};
  std::vector<double> band_low = {}, band_high = {};  ///< an area behind the lines; empty: none
  std::string_view band_name = {};
};

std::string svg_chart(const Chart& chart);

/// The least of 1, 2 and 5 times a power of ten that is at least `value`; 1 for 0.
double round_up(double value);

/// The least end of an axis from 0 that has `value` and whose labels are round.
double axis_end(double value);

/// "12,300": for people.
std::string grouped(double value);

}  // namespace anneal::cli
