#include "cli/svg_chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace anneal::cli {
namespace {

// In units of the view box.
constexpr double width = 640, height = 260;
constexpr double left = 58, right = 12, top = 30, bottom = 42;
constexpr double plot_width = width - left - right, plot_height = height - top - bottom;

class Canvas {
 public:
  explicit Canvas(const Chart& chart) : chart_(chart), columns_(1) {
    for (const Series& series : chart.series) columns_ = std::max(columns_, series.values.size());
  }

  std::string draw() {
    text_ = fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", width, height, chart_.title);
    draw_y_axis();
    draw_x_axis();
    if (!chart_.band_low.empty()) draw_band();
    for (const Series& series : chart_.series) chart_.bars ? draw_bars(series) : draw_line(series);
    draw_legend();
    return text_ + "</svg>\n";
  }

 private:
  // Bars fill columns; lines go through their middles.
  double x(double column) const { return left + plot_width * column / static_cast<double>(columns_); }
  double y(double value) const { return top + plot_height * (1 - std::clamp(value / chart_.y_max, 0.0, 1.0)); }
  double middle(std::size_t column) const { return x(static_cast<double>(column) + 0.5); }

  void label(double at_x, double at_y, std::string_view anchor, const std::string& label_text) {
    text_ +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", at_x, at_y, anchor, label_text);
  }

  void draw_y_axis() {
    const double step = round_up(chart_.y_max / 5);
    for (double value = 0; value <= chart_.y_max * 1.0001; value += step) {
      text_ += fmt::format("<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\"/>\n", left,
                           width - right, y(value), y(value));
      label(left - 6, y(value) + 4, "end", grouped(value));
    }
    label(left, top - 12, "start", std::string(chart_.y_title));
  }

  void draw_x_axis() {
    const auto columns = static_cast<double>(columns_);
    const double step = std::max(round_up(columns * chart_.x_step / 10), chart_.x_step);
    const double end = chart_.x_begin + chart_.x_step * (columns - 1);
    for (double value = std::ceil(chart_.x_begin / step) * step; value <= end + 1e-9; value += step) {
      label(x((value - chart_.x_begin) / chart_.x_step + 0.5), height - bottom + 16, "middle", grouped(value));
    }
    label(left + plot_width / 2, height - 8, "middle", std::string(chart_.x_title));
  }

  void draw_band() {
    std::string points;
    for (std::size_t i = 0; i < chart_.band_high.size(); ++i) {
      points += fmt::format("{:.1f},{:.1f} ", middle(i), y(chart_.band_high[i]));
    }
    for (std::size_t i = chart_.band_low.size(); i-- > 0;) {
      points += fmt::format("{:.1f},{:.1f} ", middle(i), y(chart_.band_low[i]));
    }
    text_ += fmt::format("<polygon class=\"band\" points=\"{}\"/>\n", points);
  }

  void draw_line(const Series& series) {
    std::string points;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      points += fmt::format("{:.1f},{:.1f} ", middle(i), y(series.values[i]));
    }
    text_ += fmt::format("<polyline class=\"line {}\" points=\"{}\"/>\n", series.color, points);
  }

  void draw_bars(const Series& series) {
    const double gap = columns_ > 200 ? 0 : 0.1;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      if (series.values[i] <= 0) continue;
      const double begin = x(static_cast<double>(i) + gap), end = x(static_cast<double>(i) + 1 - gap);
      text_ += fmt::format(
          "<rect class=\"bar {}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{:.1f}\"><title>{}: {}</title>"
          "</rect>\n",
          series.color, begin, y(series.values[i]), std::max(end - begin, 0.5), top + plot_height - y(series.values[i]),
          grouped(chart_.x_begin + static_cast<double>(i) * chart_.x_step), grouped(series.values[i]));
    }
  }

  // From the right, each entry as wide as its text about is.
  void draw_legend() {
    constexpr double letter_width = 6.6;
    double at = width - right;
    const auto entry = [&](std::string_view name, std::string_view classes) {
      at -= static_cast<double>(name.size()) * letter_width;
      label(at, top - 12, "start", std::string(name));
      at -= 18;
      text_ += fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"12\" height=\"8\"/>\n", classes, at,
                           top - 20);
      at -= 12;
    };
    if (chart_.series.size() == 1 && chart_.band_low.empty()) return;
    if (!chart_.band_low.empty()) entry(chart_.band_name, "band");
    for (const Series& series : chart_.series | std::views::reverse) {
      entry(series.name, fmt::format("bar {}", series.color));
    }
  }

  const Chart& chart_;
  std::size_t columns_;
  std::string text_;
};

}  // namespace

std::string svg_chart(const Chart& chart) { return Canvas(chart).draw(); }

double round_up(double value) {
  if (value <= 0) return 1;
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (value <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10 * power;
}

double axis_end(double value) {
  const double step = round_up(value / 5);
  return std::max(std::ceil(value / step - 1e-9), 1.0) * step;
}

std::string grouped(double value) {
  if (value != std::floor(value)) return fmt::format("{:g}", value);
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

}  // namespace anneal::cli
