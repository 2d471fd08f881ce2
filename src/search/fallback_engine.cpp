#include "search/fallback_engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "anneal/error.h"
#include "search/merge_hits.h"
#include "search/self_test.h"
#include "search/steady_progress.h"

namespace anneal::search {
namespace {

constexpr std::size_t most_pieces = 1024;

}  // namespace

FallbackEngine::FallbackEngine(std::string name, const Maker& device, Maker other, const SubstitutionMatrix& matrix)
    : name_(std::move(name)), make_other_(std::move(other)) {
  try {
    device_ = device();
    const std::string failure = self_test_failure(*device_, this->other(), matrix);
    if (!failure.empty()) give_up(failure);
  } catch (const Error& error) {
    if (!is_device_failure(error)) throw;
    give_up(error.what());
  }
}

void FallbackEngine::load(std::span<const std::string_view> targets) {
  targets_ = targets;
  pieces_ = 1;
  if (device_ == nullptr || !try_load()) other().load(targets);
}

// False where the device has failed.
bool FallbackEngine::try_load() {
  try {
    device_->load(targets_);
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::out_of_memory && targets_.size() > 1) {
      pieces_ = 2;
      return true;
    }
    if (!is_device_failure(error)) throw;
    give_up(error.what());
    return false;
  }
}

void FallbackEngine::find(std::span<const std::string_view> queries, std::span<const std::int32_t> least,
                          std::size_t top, std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  const RunControl whole = steady(control);
  while (device_ != nullptr) {
    if (try_find(queries, least, top, hits, whole)) return;
    if (device_ == nullptr) other().load(targets_);
  }
  other().find(queries, least, top, hits, whole);
}

// False where the device has failed, or needs smaller pieces.
bool FallbackEngine::try_find(std::span<const std::string_view> queries, std::span<const std::int32_t> least,
                              std::size_t top, std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  try {
    if (pieces_ == 1) {
      device_->find(queries, least, top, hits, control);
    } else {
      find_in_pieces(queries, least, top, hits, control);
    }
    return true;
  } catch (const Error& error) {
    if (!is_device_failure(error)) throw;
    const std::size_t most = std::min(most_pieces, targets_.size());
    if (error.code() == ErrorCode::out_of_memory && pieces_ < most) {
      pieces_ = std::min(2 * pieces_, most);
    } else {
      give_up(error.what());
    }
    return false;
  }
}

void FallbackEngine::find_in_pieces(std::span<const std::string_view> queries, std::span<const std::int32_t> least,
                                    std::size_t top, std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  hits.assign(queries.size(), {});
  std::vector<std::vector<Hit>> found;
  for (std::size_t piece = 0; piece < pieces_; ++piece) {
    const std::size_t first = targets_.size() * piece / pieces_;
    const std::size_t end = targets_.size() * (piece + 1) / pieces_;
    RunControl part{.stop = control.stop};
    if (control.progress) {
      part.progress = [&](std::uint64_t done, std::uint64_t) {
        control.progress(queries.size() * first + done, queries.size() * targets_.size());
      };
    }
    device_->load(targets_.subspan(first, end - first));
    device_->find(queries, least, top, found, part);
    merge_hits(hits, found, static_cast<std::uint32_t>(first), top);
  }
}

void FallbackEngine::give_up(const std::string& reason) {
  device_.reset();
  warning_ = fmt::format("{} is not used: {}; {} does its work", name_, reason, other().name());
}

Engine& FallbackEngine::other() {
  if (other_ == nullptr) other_ = make_other_();
  return *other_;
}

std::string FallbackEngine::warning() const {
  return warning_.empty() && device_ != nullptr ? device_->warning() : warning_;
}

}  // namespace anneal::search
