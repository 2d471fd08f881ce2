#include "align/calibration_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "base/cpu.h"

namespace anneal::align {
namespace {

constexpr std::string_view folder = "auto";

std::string note_key(std::string_view backend) {
  return fmt::format("note\n{}\n{}\n{}\n", backend, base::processor_identity(), base::build_identity());
}

}  // namespace

CalibrationStore CalibrationStore::shared(std::string_view cpu, int threads, std::uint64_t memory) {
  // More than this a thread does not use for batches of many pairs.
  constexpr std::uint64_t enough = std::uint64_t{64} << 20;
  const std::uint64_t per_thread = std::bit_floor(std::min(memory / static_cast<std::uint64_t>(threads), enough));
  return CalibrationStore(base::KeyedCache::in_cache_dir(folder),
                          fmt::format("{}\n{}\n{} threads\n{} bytes\n{}", cpu, base::processor_identity(), threads,
                                      per_thread, base::build_identity()));
}

std::optional<Calibration> CalibrationStore::find(const WorkKind& kind) const {
  const std::optional<std::string> text = files_.find(key(kind));
  return text ? parse_calibration(*text) : std::nullopt;
}

void CalibrationStore::store(const WorkKind& kind, const Calibration& calibration) const {
  files_.store(key(kind), to_text(calibration));
}

std::string CalibrationStore::key(const WorkKind& kind) const {
  return fmt::format("calibration\n{}\n{}\n", machine_, to_string(kind));
}

std::string auto_note(std::string_view backend) {
  return base::KeyedCache::in_cache_dir(folder).find(note_key(backend)).value_or("");
}

void set_auto_note(std::string_view backend, std::string_view note) {
  if (auto_note(backend) != note) base::KeyedCache::in_cache_dir(folder).store(note_key(backend), note);
}

}  // namespace anneal::align
