// Chooses between the CPU and a GPU by how fast each was so far.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "search/engine.h"

namespace anneal::search {

class AutoEngine final : public Engine {
 public:
  using Maker = std::function<std::unique_ptr<Engine>()>;

  /// `make_gpu` is called once, when there is work enough for what opening a GPU takes; null where there is none.
  AutoEngine(std::unique_ptr<Engine> cpu, Maker make_gpu);

  /// Of the engine that searched last.
  const std::string& name() const override { return used_->engine->name(); }
  void load(std::span<const std::string_view> targets) override;
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            std::vector<std::vector<Hit>>& hits, const RunControl& control) override;
  std::string warning() const override;

 private:
  struct Side {
    std::unique_ptr<Engine> engine;
    double cells_per_second = 0;  ///< of the last call that was long enough to tell; 0: not known
    bool is_loaded = false;
  };

  Side& choose(double cells);
  bool pays_to_open(double cells) const;

  Side cpu_;
  Side gpu_;
  Side* used_ = &cpu_;
  Maker make_gpu_;  // empty once it was called
  std::span<const std::string_view> targets_;
  std::uint64_t letters_ = 0;
};

}  // namespace anneal::search
