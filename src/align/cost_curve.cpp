#include "align/cost_curve.h"

#include <algorithm>
#include <cmath>

namespace anneal::align {
namespace {

double slope(const CostPoint& from, const CostPoint& to) {
  return (to.seconds - from.seconds) / (to.pairs - from.pairs);
}

// Of large batches: between points that are far apart, so that errors count little.
double last_slope(const std::vector<CostPoint>& points) {
  const auto is_far = [&](const CostPoint& point) { return point.pairs <= points.back().pairs / 3; };
  const auto from = std::find_if(points.rbegin(), points.rend(), is_far);
  return slope(from == points.rend() ? points.front() : *from, points.back());
}

// Of pairs of the reference length.
double seconds_of(const std::vector<CostPoint>& points, double pairs) {
  if (pairs <= points.front().pairs) return points.front().seconds;
  const auto to = std::ranges::lower_bound(points, pairs, {}, &CostPoint::pairs);
  if (to == points.end()) return points.back().seconds + last_slope(points) * (pairs - points.back().pairs);
  const auto from = to - 1;
  return from->seconds + slope(*from, *to) * (pairs - from->pairs);
}

bool is_time(double seconds) { return std::isfinite(seconds) && seconds > 0; }

}  // namespace

double CostCurve::seconds(double pairs, double relative_cells) const {
  const double per_cell =
      relative_cells < 1 ? (1 - shorter_factor) / (1 - shorter) : (longer_factor - 1) / (longer - 1);
  const double factor = 1 + (relative_cells - 1) * per_cell;
  return overhead + (seconds_of(points, pairs) - overhead) * factor;
}

double CostCurve::seconds_per_pair() const { return last_slope(points); }

bool CostCurve::is_valid() const {
  if (points.size() < 2 || points.front().pairs != 1) return false;
  if (!(overhead >= 0 && overhead <= points.front().seconds)) return false;
  if (!(shorter_factor >= shorter && shorter_factor <= 1)) return false;
  if (!(longer_factor >= 1 && longer_factor <= longer)) return false;
  for (std::size_t k = 0; k < points.size(); ++k) {
    if (!is_time(points[k].seconds) || !std::isfinite(points[k].pairs)) return false;
    if (k > 0 && (points[k].pairs <= points[k - 1].pairs || points[k].seconds < points[k - 1].seconds)) return false;
  }
  return true;
}

std::vector<CostPoint> rising(std::vector<CostPoint> points) {
  for (std::size_t k = 1; k < points.size(); ++k) {
    points[k].seconds = std::max(points[k].seconds, points[k - 1].seconds);
  }
  return points;
}

CostCurve fit_curve(std::vector<CostPoint> points, const OtherLengths& others) {
  points = rising(std::move(points));
  const double first = points.front().seconds, many = seconds_of(points, others.pairs);
  CostCurve curve{.points = std::move(points)};
  // Where many pairs take hardly longer than one, nothing tells what a pair costs besides its cells.
  const bool tells = many > 1.3 * first;
  if (tells) {
    curve.longer_factor = std::clamp((others.many_longer - others.one_longer) / (many - first), 1.0, curve.longer);
  }
  const double growth = curve.longer_factor;
  if (growth > 1) curve.overhead = std::clamp((growth * first - others.one_longer) / (growth - 1), 0.0, first);
  if (tells) {
    const double factor = (others.many_shorter - curve.overhead) / (many - curve.overhead);
    curve.shorter_factor = std::clamp(factor, curve.shorter, 1.0);
  }
  return curve;
}

}  // namespace anneal::align
