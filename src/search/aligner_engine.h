// The search on any backend of the aligner: one call per query, with all targets.
#pragma once

#include <memory>
#include <utility>

#include "search/engine.h"

namespace anneal::search {

class AlignerEngine final : public Engine {
 public:
  /// The aligner computes local scores.
  explicit AlignerEngine(std::unique_ptr<const Aligner> aligner) : aligner_(std::move(aligner)) {}

  const std::string& name() const override { return aligner_->engine(); }
  void load(std::span<const std::string_view> targets) override { targets_ = targets; }
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            std::vector<std::vector<Hit>>& hits, const RunControl& control) override;
  std::string warning() const override { return warning_; }

 private:
  void select(std::int32_t least, std::size_t top, std::vector<Hit>& hits) const;

  std::unique_ptr<const Aligner> aligner_;
  std::span<const std::string_view> targets_;
  AlignResults results_;
  std::string warning_;
};

}  // namespace anneal::search
