// A device's engine that never costs the user the search: where the device lacks memory the targets come in pieces, and
// where it fails the CPU does the work.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "search/engine.h"

namespace anneal::search {

class FallbackEngine final : public Engine {
 public:
  using Maker = std::function<std::unique_ptr<Engine>()>;

  /// `device` is called now, and where that fails or its engine fails its self-test against the other one, that is
  /// used. `other` is called when it is first needed.
  FallbackEngine(std::string name, const Maker& device, Maker other, const SubstitutionMatrix& matrix);

  const std::string& name() const override { return name_; }
  void load(std::span<const std::string_view> targets) override;
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            std::vector<std::vector<Hit>>& hits, const RunControl& control) override;
  std::string warning() const override;

 private:
  bool try_load();
  bool try_find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                std::vector<std::vector<Hit>>& hits, const RunControl& control);
  void find_in_pieces(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                      std::vector<std::vector<Hit>>& hits, const RunControl& control);
  void give_up(const std::string& reason);
  Engine& other();

  std::string name_;
  Maker make_other_;
  std::unique_ptr<Engine> device_;  // null once it has failed
  std::unique_ptr<Engine> other_;
  std::span<const std::string_view> targets_;
  std::size_t pieces_ = 1;  // in which the device takes the targets
  std::string warning_;
};

}  // namespace anneal::search
