#include "device/metal/submitter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <utility>
#include <variant>

namespace anneal::device::metal {
namespace {

// Metal makes callers wait at 64, where nothing could wake them any more if the device hangs.
constexpr std::uint64_t most_in_flight = 32;

// Then somebody else may have poisoned the runtime.
constexpr std::chrono::milliseconds longest_wait{10};

std::vector<std::string_view> kernels_of(const std::vector<Command>& commands) {
  std::vector<std::string_view> names;
  for (const Command& command : commands) {
    const auto* const dispatch = std::get_if<Dispatch>(&command);
    if (dispatch != nullptr && std::ranges::find(names, dispatch->name) == names.end()) names.push_back(dispatch->name);
  }
  return names;
}

std::string described(const std::vector<std::string_view>& kernels) {
  if (kernels.empty()) return "a copy";
  return fmt::format("kernel{} {}", kernels.size() == 1 ? "" : "s", fmt::join(kernels, ", "));
}

}  // namespace

struct Submitter::State : std::enable_shared_from_this<State> {
  using Entry = std::variant<std::vector<Command>, std::function<void()>, std::shared_ptr<const device::Event>,
                             std::shared_ptr<Event>>;

  State(Runtime& used_runtime, Object command_queue, std::string device)
      : runtime(&used_runtime), queue(std::move(command_queue)), where(std::move(device)) {}

  void add(Entry entry) {
    const std::scoped_lock lock(mutex);
    entries.push_back(std::move(entry));
    changed.notify_all();
  }

  /// Until `condition` holds; false where the runtime is poisoned.
  template <class Condition>
  bool wait(std::unique_lock<std::mutex>& lock, const Condition& condition) const {
    while (!runtime->is_poisoned()) {
      if (condition()) return true;
      changed.wait_for(lock, longest_wait);
    }
    return false;
  }

  /// Of the device: of a command buffer, or of an event that was waited for.
  void note_failure(std::exception_ptr failure) {
    if (!device_error) device_error = std::move(failure);
  }

  void run();
  void run_entry(std::unique_lock<std::mutex>& lock, std::vector<Command>& commands);
  void run_entry(std::unique_lock<std::mutex>& lock, std::function<void()>& task);
  void run_entry(std::unique_lock<std::mutex>& lock, std::shared_ptr<const device::Event>& awaited);
  void run_entry(std::unique_lock<std::mutex>& lock, std::shared_ptr<Event>& event);
  template <class Work>
  std::exception_ptr run_unlocked(std::unique_lock<std::mutex>& lock, const Work& work);
  void commit(const std::vector<Command>& commands);
  void complete(const Completion& completion, const std::string& what, bool has_kernels);
  void complete_marks();

  Runtime* runtime;  // null once the submitter has ended
  const Object queue;
  const std::string where;

  mutable std::mutex mutex;  // guards what follows
  mutable std::condition_variable changed;
  std::deque<Entry> entries;
  bool is_busy = false;  // the thread has an entry
  bool is_closed = false;
  std::uint64_t committed = 0;
  std::uint64_t completed = 0;
  std::deque<std::pair<std::uint64_t, std::shared_ptr<Event>>> marks;  // by how many command buffers they come after
  std::exception_ptr device_error, task_error;                         // the first of each since take_error()
  std::vector<Span> spans;
};

void Submitter::State::run() {
  std::unique_lock lock(mutex);
  for (;;) {
    changed.wait(lock, [this] { return is_closed || !entries.empty(); });
    if (is_closed) return;
    Entry entry = std::move(entries.front());
    entries.pop_front();
    is_busy = true;
    std::visit([&](auto& work) { run_entry(lock, work); }, entry);
    lock.unlock();
    entry = {};  // what a task owns may take a while to end
    lock.lock();
    is_busy = false;
    changed.notify_all();
  }
}

// Work that may take long; what it throws.
template <class Work>
std::exception_ptr Submitter::State::run_unlocked(std::unique_lock<std::mutex>& lock, const Work& work) {
  std::exception_ptr failure;
  lock.unlock();
  try {
    work();
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  return failure;
}

void Submitter::State::run_entry(std::unique_lock<std::mutex>& lock, std::vector<Command>& commands) {
  if (!wait(lock, [this] { return committed - completed < most_in_flight; }) || device_error) return;
  ++committed;  // it may be completed before commit() returns
  std::exception_ptr failure = run_unlocked(lock, [&] { commit(commands); });
  if (!failure) return;
  --committed;
  note_failure(std::move(failure));
}

void Submitter::State::commit(const std::vector<Command>& commands) {
  const std::vector<std::string_view> kernels = kernels_of(commands);
  const std::string label = described(kernels);
  const std::string what = fmt::format("{} on {}", label, where);
  const auto handler = [state = shared_from_this(), what, has_kernels = !kernels.empty()](
                           const Completion& completion) { state->complete(completion, what, has_kernels); };
  runtime->call(
      Operation::stream, [&](RuntimeApi& api) { return api.commit(queue, commands, label, handler); },
      [&] { return fmt::format("submitting {}", what); });
}

void Submitter::State::run_entry(std::unique_lock<std::mutex>& lock, std::function<void()>& task) {
  if (!wait(lock, [this] { return committed == completed; }) || device_error || task_error) return;
  task_error = run_unlocked(lock, task);
}

void Submitter::State::run_entry(std::unique_lock<std::mutex>& lock, std::shared_ptr<const device::Event>& awaited) {
  if (std::exception_ptr failure = run_unlocked(lock, [&] { awaited->wait(); })) note_failure(std::move(failure));
}

void Submitter::State::run_entry(std::unique_lock<std::mutex>&, std::shared_ptr<Event>& event) {
  marks.emplace_back(committed, std::move(event));
  complete_marks();
}

void Submitter::State::complete_marks() {
  while (!marks.empty() && (marks.front().first <= completed || runtime->is_poisoned())) {
    marks.front().second->complete(device_error);
    marks.pop_front();
  }
}

// On a thread of Metal's.
void Submitter::State::complete(const Completion& completion, const std::string& what, bool has_kernels) {
  const std::scoped_lock lock(mutex);
  ++completed;
  if (runtime == nullptr) return;
  const Outcome outcome = runtime->judge(Operation::event, completion.outcome);
  try {
    if (!outcome.ok()) runtime->fail(what, outcome);
    if (has_kernels) spans.push_back({completion.begin, completion.end});
  } catch (...) {
    note_failure(std::current_exception());
  }
  complete_marks();
  changed.notify_all();
}

Submitter::Submitter(Runtime& runtime, Object queue, std::string where)
    : state_(std::make_shared<State>(runtime, std::move(queue), std::move(where))),
      thread_([state = state_] { state->run(); }) {}

Submitter::~Submitter() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->is_closed = true;
    state_->changed.notify_all();
  }
  thread_.join();
  const std::scoped_lock lock(state_->mutex);
  state_->runtime = nullptr;
  state_->entries.clear();
  state_->marks.clear();
}

void Submitter::add(std::vector<Command> commands) { state_->add(std::move(commands)); }
void Submitter::add(std::function<void()> task) { state_->add(std::move(task)); }
void Submitter::add(std::shared_ptr<const device::Event> awaited) { state_->add(std::move(awaited)); }
void Submitter::mark(std::shared_ptr<Event> event) { state_->add(std::move(event)); }

bool Submitter::wait_until_idle(std::chrono::nanoseconds time) const {
  const State& state = *state_;
  const auto end = std::chrono::steady_clock::now() + time;
  std::unique_lock lock(state.mutex);
  const auto is_idle = [&state] {
    return state.entries.empty() && !state.is_busy && state.committed == state.completed;
  };
  state.wait(lock, [&] { return is_idle() || std::chrono::steady_clock::now() >= end; });
  return is_idle();
}

std::exception_ptr Submitter::take_error() {
  const std::scoped_lock lock(state_->mutex);
  std::exception_ptr device_error = std::exchange(state_->device_error, nullptr);
  std::exception_ptr task_error = std::exchange(state_->task_error, nullptr);
  return device_error ? device_error : task_error;
}

std::vector<Span> Submitter::take_spans() {
  const std::scoped_lock lock(state_->mutex);
  return std::exchange(state_->spans, {});
}

}  // namespace anneal::device::metal
