// What a group of lanes is asked to find, and the memory that it takes.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_job.h"
#include "align/recurrence/path_rectangle.h"
#include "align/recurrence/path_strip.h"

namespace anneal::align::recurrence {

/// A group's alignments, and what of their matrices is filled. One without a query is none.
template <int parts>
struct PathParts {
  PathPair pair[parts];
  PathRectangle rectangle[parts];
  int zero[parts];  ///< what the score 0 is stored as, less the unit
};

template <int parts>
struct PathJob {
  PathParts<parts> of;
  ANNEAL_GLOBAL Word* workspace;  ///< at a multiple of 16 bytes
};

/// What a job's alignments make necessary.
template <class Form, class Strips>
struct PathPlan {
  static constexpr ANNEAL_CONSTANT int parts = Form::parts;

  PathRectangle hull;
  long most_ops = 0;  ///< of a part
  int most_kept = 1;  ///< PathStrips' argument

  /// Plans one part. False where the form cannot hold the pair's scores; the part is then none.
  ANNEAL_CONSTANT_FN static bool plan_part(ANNEAL_THREAD const PathParameters& parameters,
                                           ANNEAL_THREAD const PathPair& pair, ANNEAL_THREAD PathRectangle& rectangle,
                                           ANNEAL_THREAD int& zero) {
    rectangle = path_rectangle(parameters, pair.end.query_end, pair.end.target_end, pair.end.score, pair.band_centre);
    const bool fits = holds(parameters, rectangle.rows, rectangle.columns, pair.end.score, pair.end.score);
    zero = fits ? static_cast<int>(zero_of(parameters, rectangle.rows, rectangle.columns, pair.end.score)) : 0;
    if (!fits) rectangle = PathRectangle{};
    return fits;
  }
  /// Whether the form holds the scores of all pairs with ends up to these and path scores between those.
  ANNEAL_CONSTANT_FN static bool holds(ANNEAL_THREAD const PathParameters& parameters, int rows, int columns,
                                       long lowest_score, long highest_score) {
    const long above = parameters.local ? highest_score : best(parameters, rows, columns);
    const long highest = zero_of(parameters, rows, columns, lowest_score) + above + 1;
    return highest <= static_cast<long>(Form::highest_value / Form::unit) &&
           static_cast<long>(rows) + columns < 1L << 28;
  }
  /// Once all parts are planned.
  ANNEAL_CONSTANT_FN void make_hull(ANNEAL_THREAD const PathRectangle (&rectangle)[parts]) {
    hull = rectangle[0];
    most_ops = 0;
    for (int part = 0; part < parts; ++part) {
      ANNEAL_THREAD const PathRectangle& other = rectangle[part];
      const long ops = static_cast<long>(other.rows) + other.columns;
      most_ops = ops > most_ops ? ops : most_ops;
      hull.rows = other.rows > hull.rows ? other.rows : hull.rows;
      hull.columns = other.columns > hull.columns ? other.columns : hull.columns;
      hull.lowest = other.lowest < hull.lowest ? other.lowest : hull.lowest;
      hull.highest = other.highest > hull.highest ? other.highest : hull.highest;
    }
  }

  /// Keeps the trace of as many strips as fit in that many words of workspace; at least one. Once there is a hull.
  ANNEAL_CONSTANT_FN void keep_within(long available) {
    const long more = (available - words()) / strips().strip_words();
    if (more > 0) most_kept += more < strips().count() ? static_cast<int>(more) : strips().count();
  }
  ANNEAL_CONSTANT_FN Strips strips() const { return Strips(hull, most_kept); }

  /// Words of workspace: trace, borders, operations. Must be fewer than 2^32.
  ANNEAL_CONSTANT_FN long words() const { return (ops_begin() + parts * most_ops + 3) / 4 * 4; }
  ANNEAL_CONSTANT_FN long ops_begin() const {
    return strips().trace_words() + 2L * strips().border_rows() * strips().most_steps();
  }

 private:
  ANNEAL_CONSTANT_FN static long best(ANNEAL_THREAD const PathParameters& parameters, int rows, int columns) {
    // The letters of a word are computed together.
    return static_cast<long>(parameters.highest) * (rows < columns + 3 ? rows : columns + 3);
  }
  ANNEAL_CONSTANT_FN static long zero_of(ANNEAL_THREAD const PathParameters& parameters, int rows, int columns,
                                         long score) {
    // What lies at the floor could score as much as letters allow, and must still be worse than any cell of the path.
    const long lift = parameters.local ? 0 : 2 * best(parameters, rows, columns) + 1 - score;
    return PathPenalties::margin(parameters.gap_open, parameters.gap_extend, parameters.offset) + lift;
  }
};

}  // namespace anneal::align::recurrence
