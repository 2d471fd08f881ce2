// What Ctrl-C and a request to end do to the program.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace anneal::cli {

/// What the program exits with after a stop: 128 and the number of the signal, as shells have it.
int exit_code_of_stop();

/// While it lives, SIGINT, SIGTERM and SIGHUP request a stop through token(). A program that has not ended a second
/// later, as one that waits for input, is ended after a call of `clean_up`; a second signal ends it at once.
/// One at a time.
class SignalGuard {
 public:
  explicit SignalGuard(std::function<void()> clean_up);
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void watch(const std::stop_token& end);

  std::function<void()> clean_up_;
  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread watcher_;
};

}  // namespace anneal::cli
