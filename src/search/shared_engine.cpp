#include "search/shared_engine.h"

#include <fmt/core.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "anneal/error.h"
#include "search/merge_hits.h"
#include "search/steady_progress.h"

namespace anneal::search {
namespace {

// Progress of several calls at a time as that of one.
class JoinedProgress {
 public:
  JoinedProgress(const RunControl& whole, std::size_t parts, std::uint64_t total)
      : whole_(whole), total_(total), done_(parts) {}

  RunControl part(std::size_t index) {
    RunControl control{.stop = whole_.stop};
    if (whole_.progress) {
      control.progress = [this, index](std::uint64_t done, std::uint64_t) {
        const std::lock_guard lock(mutex_);
        sum_ += done - std::exchange(done_[index], done);
        whole_.progress(sum_, total_);
      };
    }
    return control;
  }

 private:
  const RunControl& whole_;
  std::uint64_t total_;
  std::mutex mutex_;
  std::vector<std::uint64_t> done_;
  std::uint64_t sum_ = 0;
};

// Rethrows what is no device's failure.
Error device_failure(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& failure) {
    if (!is_device_failure(failure)) throw;
    return failure;
  }
}

}  // namespace

void SharedEngine::load(std::span<const std::string_view> targets) {
  targets_ = targets;
  share_out();
}

// Of about as many letters each.
void SharedEngine::share_out() {
  for (;;) {
    std::uint64_t letters = 0;
    for (const std::string_view target : targets_) letters += target.size() + 1;
    begins_.assign(1, 0);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < targets_.size() && begins_.size() < engines_.size(); ++i) {
      sum += targets_[i].size() + 1;
      if (sum * engines_.size() >= letters * begins_.size()) begins_.push_back(i + 1);
    }
    begins_.resize(engines_.size() + 1, targets_.size());
    const std::vector<Failure> failures = on_each(
        [this](std::size_t k) { engines_[k]->load(targets_.subspan(begins_[k], begins_[k + 1] - begins_[k])); });
    if (failures.empty()) return;
    leave_out(failures);
  }
}

void SharedEngine::find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                        std::vector<std::vector<Hit>>& hits, const RunControl& control) {
  const RunControl whole = steady(control);
  for (;;) {
    std::vector<std::vector<std::vector<Hit>>> found(engines_.size());
    JoinedProgress progress(whole, engines_.size(), queries.size() * targets_.size());
    const std::vector<Failure> failures =
        on_each([&](std::size_t k) { engines_[k]->find(queries, least, top, found[k], progress.part(k)); });
    if (failures.empty()) {
      hits.clear();
      for (std::size_t k = 0; k < found.size(); ++k) {
        merge_hits(hits, found[k], static_cast<std::uint32_t>(begins_[k]), top);
      }
      return;
    }
    leave_out(failures);
    share_out();
  }
}

template <typename Call>
std::vector<SharedEngine::Failure> SharedEngine::on_each(const Call& call) {
  std::vector<std::exception_ptr> errors(engines_.size());
  {
    std::vector<std::jthread> threads;
    threads.reserve(engines_.size());
    for (std::size_t k = 0; k < engines_.size(); ++k) {
      threads.emplace_back([&, k] {
        try {
          call(k);
        } catch (...) {
          errors[k] = std::current_exception();
        }
      });
    }
  }
  std::vector<Failure> failures;
  for (std::size_t k = 0; k < errors.size(); ++k) {
    if (errors[k]) failures.push_back({k, errors[k]});
  }
  return failures;
}

void SharedEngine::leave_out(const std::vector<Failure>& failures) {
  std::vector<Error> errors;
  errors.reserve(failures.size());
  for (const Failure& failure : failures) errors.push_back(device_failure(failure.error));
  if (failures.size() == engines_.size()) {
    // Smaller pieces may help where memory is what lacks.
    const auto lacks_memory = std::ranges::find(errors, ErrorCode::out_of_memory, &Error::code);
    throw lacks_memory == errors.end() ? errors.front() : *lacks_memory;
  }
  if (warning_.empty()) {
    warning_ =
        fmt::format("{} is no longer used: {}", engines_[failures.front().engine]->name(), errors.front().what());
  }
  for (const Failure& failure : failures) engines_[failure.engine].reset();
  std::erase(engines_, nullptr);
}

}  // namespace anneal::search
