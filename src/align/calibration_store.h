// Calibrations, and what became of GPUs, kept between runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "align/calibration.h"
#include "align/work_kind.h"
#include "base/keyed_cache.h"

namespace anneal::align {

class CalibrationStore {
 public:
  /// `machine`: all that the speed depends on and that is known before a GPU is touched.
  CalibrationStore(base::KeyedCache files, std::string machine)
      : files_(std::move(files)), machine_(std::move(machine)) {}

  /// In base::cache_dir(). `cpu` is the CPU engine's name; memory counts as far as the speed depends on it.
  static CalibrationStore shared(std::string_view cpu, int threads, std::uint64_t memory);

  /// Nothing where there is none, or one that is not valid.
  std::optional<Calibration> find(const WorkKind& kind) const;
  void store(const WorkKind& kind, const Calibration& calibration) const;

 private:
  std::string key(const WorkKind& kind) const;

  base::KeyedCache files_;
  std::string machine_;
};

/// What `auto` found when it last tried a backend, by one line; empty where it did not.
std::string auto_note(std::string_view backend);
void set_auto_note(std::string_view backend, std::string_view note);

}  // namespace anneal::align
