// The aligner for a search's hits, which is made when the first hit is to be aligned.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "anneal/align.h"

namespace anneal::cli {

class PathAligner {
 public:
  using Maker = std::function<std::unique_ptr<Aligner>(const std::string& backend)>;

  /// By this backend, or by the CPU where its device cannot be opened.
  PathAligner(std::string backend, Maker make) : backend_(std::move(backend)), make_(std::move(make)) {}

  /// As Aligner::align().
  void align(const PairBatch& pairs, AlignResults& results, const RunControl& control);

  const std::string& warning() const { return warning_; }  ///< what failed first where a device did

 private:
  void open();

  std::string backend_;
  Maker make_;
  std::unique_ptr<Aligner> aligner_;  // null before the first pair
  std::string warning_;
};

}  // namespace anneal::cli
