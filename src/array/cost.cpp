#include "array/cost.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace anneal::array {
namespace {

// Steps were measured alone, each with a pass over memory: together they have one, and what each takes beyond that.
double seconds_for_each(const Work& work, const Speeds& speeds) {
  std::vector<double> alone;
  alone.reserve(work.steps.size());
  for (const Work::Step& step : work.steps) alone.push_back(1 / speeds.rate(step));
  const double pass = *std::ranges::min_element(alone);
  double seconds = pass;
  for (std::size_t k = 0; k < alone.size(); ++k) seconds += work.steps[k].times * (alone[k] - pass);
  return seconds;
}

double copied_bytes(const Work& work, const gpu::Gpu* memory) {
  double bytes = 0;
  bool comes_from_host = false;
  for (const Work::Operand& operand : work.operands) {
    if (!operand.node->is_known() || operand.node->is_in(memory)) continue;
    bytes += operand.bytes;
    comes_from_host = comes_from_host || operand.node->is_in(nullptr);
  }
  // Who has the operands on the host will want the result there.
  return memory != nullptr && comes_from_host ? bytes + work.result_bytes : bytes;
}

}  // namespace

double expected_seconds(const Work& work, const Speeds& speeds, const gpu::Gpu* memory) {
  const double copied = copied_bytes(work, memory);
  return speeds.overhead + work.amount * seconds_for_each(work, speeds) + (copied > 0 ? copied / speeds.copy_rate : 0);
}

}  // namespace anneal::array
