// What was measured of the CPU and a GPU for one kind of work, and how.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "align/cost_curve.h"

namespace anneal::align {

struct Calibration {
  CostCurve cpu;
  CostCurve gpu;
  std::string gpu_identity;  ///< which GPU: its backend's name and its engine's identity
  double opening = 0;        ///< seconds that it took to make the GPU ready, once in a process

  bool is_valid() const;

  friend bool operator==(const Calibration&, const Calibration&) = default;
};

/// JSON, to be kept in a file.
std::string to_text(const Calibration& calibration);

/// Nothing for what is no text of a valid calibration.
std::optional<Calibration> parse_calibration(std::string_view text);

/// Seconds that a batch of so many similar pairs takes, both sequences of about that length.
using TimeBatch = std::function<double(std::size_t pairs, int length)>;

/// Times both with more and more pairs of `length`, until larger batches tell nothing new of either, then around the
/// size from which on the GPU is faster, and with shorter and longer pairs. Takes about `budget` seconds at most, but
/// where single pairs take long. The identity and the opening are left to the caller.
Calibration calibrate(int length, const TimeBatch& cpu, const TimeBatch& gpu, double budget = 0.6);

}  // namespace anneal::align
