#include "search/auto_engine.h"

#include <chrono>
#include <utility>

namespace anneal::search {
namespace {

/// Opening CUDA takes about a second; what the CPU does within twice that is not worth it.
constexpr double opening_seconds = 2;
/// What the CPU is taken to do before anything was measured: two cores' work.
constexpr double unknown_cells_per_second = 5e10;
/// Less work says little about a rate.
constexpr double telling_cells = 1e9;

}  // namespace

AutoEngine::AutoEngine(std::unique_ptr<Engine> cpu, Maker make_gpu)
    : cpu_{.engine = std::move(cpu)}, make_gpu_(std::move(make_gpu)) {}

void AutoEngine::load(std::span<const std::string_view> targets) {
  targets_ = targets;
  letters_ = 0;
  for (const std::string_view target : targets) letters_ += target.size();
  cpu_.is_loaded = gpu_.is_loaded = false;
}

bool AutoEngine::pays_to_open(double cells) const {
  const double rate = cpu_.cells_per_second > 0 ? cpu_.cells_per_second : unknown_cells_per_second;
  return make_gpu_ && cells / rate > opening_seconds;
}

AutoEngine::Side& AutoEngine::choose(double cells) {
  if (pays_to_open(cells)) gpu_.engine = std::exchange(make_gpu_, {})();
  if (gpu_.engine == nullptr) return cpu_;
  if (gpu_.cells_per_second == 0) return cells >= telling_cells ? gpu_ : cpu_;
  return gpu_.cells_per_second >= cpu_.cells_per_second ? gpu_ : cpu_;
}

void AutoEngine::find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                      std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  std::uint64_t query_letters = 0;
  for (const std::string_view query : queries) query_letters += query.size();
  const double cells = static_cast<double>(query_letters) * static_cast<double>(letters_);
  used_ = &choose(cells);
  const auto begin = std::chrono::steady_clock::now();
  if (!used_->is_loaded) used_->engine->load(targets_);
  used_->is_loaded = true;
  used_->engine->find(queries, least, top, hits, control);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (cells >= telling_cells && seconds > 0) used_->cells_per_second = cells / seconds;
}

std::string AutoEngine::warning() const {
  std::string warning = gpu_.engine == nullptr ? std::string() : gpu_.engine->warning();
  return warning.empty() ? cpu_.engine->warning() : warning;
}

}  // namespace anneal::search
