#include "cli/signals.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <initializer_list>
#include <utility>

#include "cli/print.h"

namespace anneal::cli {
namespace {

std::atomic<int> stopped_by = 0;  // the signal
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

constexpr std::initializer_list<int> handled = {SIGINT, SIGTERM, SIGHUP};

void on_signal(int signal) { stopped_by = signal; }

}  // namespace

int exit_code_of_stop() {
  constexpr int killed = 128;
  return killed + (stopped_by == 0 ? SIGINT : stopped_by.load());
}

SignalGuard::SignalGuard(std::function<void()> clean_up) : clean_up_(std::move(clean_up)) {
  stopped_by = 0;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  // Without SA_RESTART a read that waits for input returns, so that the stop is noticed; with SA_RESETHAND a second
  // signal ends a program that does not get there.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (const int signal : handled) {
    struct sigaction previous = {};
    sigaction(signal, nullptr, &previous);
    const bool ignored = previous.sa_handler == SIG_IGN;  // under nohup
    if (!ignored) sigaction(signal, &action, nullptr);
  }
  watcher_ = std::jthread([this](const std::stop_token& end) { watch(end); });
}

SignalGuard::~SignalGuard() {
  watcher_.request_stop();
  watcher_.join();
}

void SignalGuard::watch(const std::stop_token& end) {
  // request_stop() may lock, which a signal handler must not: this thread does it for the handler.
  std::unique_lock lock(mutex_);
  while (!end.stop_requested() && stopped_by == 0) {
    wake_.wait_for(lock, end, std::chrono::milliseconds(50), [] { return stopped_by != 0; });
  }
  if (stopped_by == 0) return;
  stop_.request_stop();
  wake_.wait_for(lock, end, std::chrono::seconds(1), [] { return false; });
  if (end.stop_requested()) return;
  clean_up_();
  print_message("interrupted");
  _exit(exit_code_of_stop());
}

}  // namespace anneal::cli
