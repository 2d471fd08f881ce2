// The walks over the trace that a group has left of its job, each part's by one lane or thread.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_plan.h"
#include "align/recurrence/path_walk.h"

namespace anneal::align::recurrence {

template <class Strip, class Strips>
class PathWalks {
 public:
  using Form = typename Strip::Form;
  using Job = PathJob<Form::parts>;
  using Plan = PathPlan<Form, Strips>;

  ANNEAL_FN PathWalks(ANNEAL_THREAD const Job& job, ANNEAL_THREAD const Plan& plan,
                      ANNEAL_THREAD const PathParameters& parameters)
      : job_(job), plan_(plan), parameters_(parameters), strips_(plan.strips()) {}

  ANNEAL_FN PathCursor begin(int part) const {
    PathCursor at;
    at.i = rectangle(part).rows;
    at.j = rectangle(part).columns;
    at.ops.sink.end = ops_end(part);
    return at;
  }
  /// Goes on up to a row that need not have a trace.
  ANNEAL_FN void go_on(int part, int first_row, ANNEAL_THREAD PathCursor& at) const { walk(part, at).run(first_row); }
  /// Once there are no cells left.
  ANNEAL_FN PathResult finish(int part, ANNEAL_THREAD PathCursor& at) const {
    walk(part, at).finish();
    return {rectangle(part).first_row + at.i, rectangle(part).first_column + at.j, at.ops.sink.count};
  }
  /// All of it, where the trace of all strips is kept.
  ANNEAL_FN PathResult find(int part) const {
    PathCursor at = begin(part);
    go_on(part, 0, at);
    return finish(part, at);
  }
  /// Where a part's operations end.
  ANNEAL_FN ANNEAL_GLOBAL Word* ops_end(int part) const {
    return job_.workspace + plan_.ops_begin() + (part + 1) * plan_.most_ops;
  }

 private:
  static constexpr ANNEAL_CONSTANT int last = Form::parts - 1;

  // Parts are chosen, not indexed, so that they can stay in registers.
  ANNEAL_FN ANNEAL_THREAD const PathRectangle& rectangle(int part) const {
    return part == 0 ? job_.of.rectangle[0] : job_.of.rectangle[last];
  }
  using Trace = PathTrace<Strip, Strips>;
  ANNEAL_FN PathWalk<Trace> walk(int part, ANNEAL_THREAD PathCursor& at) const {
    return {parameters_, part == 0 ? job_.of.pair[0] : job_.of.pair[last], rectangle(part),
            Trace(job_.workspace, strips_, part), at};
  }

  ANNEAL_THREAD const Job& job_;
  ANNEAL_THREAD const Plan& plan_;
  ANNEAL_THREAD const PathParameters& parameters_;
  Strips strips_;
};

}  // namespace anneal::align::recurrence
