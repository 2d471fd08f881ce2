// Several devices that search together: each has a part of the targets.
#pragma once

#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "search/engine.h"

namespace anneal::search {

class SharedEngine final : public Engine {
 public:
  /// At least one. `name` is theirs together.
  SharedEngine(std::string name, std::vector<std::unique_ptr<Engine>> engines)
      : name_(std::move(name)), engines_(std::move(engines)) {}

  const std::string& name() const override { return name_; }
  void load(std::span<const std::string_view> targets) override;
  /// Where one of several devices fails, the others do its part too.
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            std::vector<std::vector<Hit>>& hits, const RunControl& control) override;
  std::string warning() const override { return warning_; }

 private:
  struct Failure {
    std::size_t engine;
    std::exception_ptr error;
  };

  void share_out();
  template <typename Call>
  std::vector<Failure> on_each(const Call& call);
  /// Leaves out those that failed. Rethrows what is no device's failure, as a cancellation, or that of all devices.
  void leave_out(const std::vector<Failure>& failures);

  std::string name_;
  std::vector<std::unique_ptr<Engine>> engines_;
  std::span<const std::string_view> targets_;
  std::vector<std::size_t> begins_;  // of each engine's targets, and the end of the last one's
  std::string warning_;
};

}  // namespace anneal::search
