#include "settings.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "environment.h"
#include "stop.h"

namespace metal_emulator {
namespace {

struct Plan {
  unsigned calls = 0;
  unsigned first = 0;  // of the calls, from 1; 0: none fails
  unsigned times = 0;
  long code = 0;
};

struct State {
  std::mutex mutex;
  std::optional<Settings> settings;
  std::array<Plan, 4> plans;
  std::map<unsigned, unsigned> commits;   // by device
  std::map<unsigned, unsigned> removals;  // with how many commits a device is removed
  std::vector<std::string> findings;
  Work work;

  Plan& plan(Fault fault) { return plans.at(static_cast<std::size_t>(fault)); }
};

State& state() {
  static State& only = *new State;  // threads of queues may outlive static objects
  return only;
}

}  // namespace

Settings settings() {
  const std::lock_guard lock(state().mutex);
  if (!state().settings) state().settings = settings_of_environment();
  return *state().settings;
}

void set_settings(const Settings& settings) {
  const auto is_too_large = [](const DeviceSettings& device) { return device.max_threads_per_threadgroup > 1024; };
  if (std::any_of(settings.devices.begin(), settings.devices.end(), is_too_large)) {
    stop("settings: a threadgroup has 1024 threads at most");
  }
  const std::lock_guard lock(state().mutex);
  state().settings = settings;
}

void reset() {
  const std::lock_guard lock(state().mutex);
  state().settings.reset();
  state().plans = {};
  state().commits.clear();
  state().removals.clear();
  state().findings.clear();
  state().work = {};
}

DeviceSettings device_settings(const Settings& settings, unsigned device) {
  return device < settings.devices.size() ? settings.devices[device] : DeviceSettings{};
}

DeviceSettings device_settings(unsigned device) { return device_settings(settings(), device); }

void plan_fault(Fault fault, unsigned nth, unsigned times, long code) {
  const std::lock_guard lock(state().mutex);
  Plan& plan = state().plan(fault);
  plan.first = plan.calls + nth;
  plan.times = times;
  plan.code = code;
}

unsigned calls(Fault fault) {
  const std::lock_guard lock(state().mutex);
  return state().plan(fault).calls;
}

Verdict next_call(Fault fault) {
  const std::lock_guard lock(state().mutex);
  Plan& plan = state().plan(fault);
  ++plan.calls;
  const bool is_planned = plan.first != 0 && plan.calls >= plan.first && plan.calls - plan.first < plan.times;
  return {is_planned, plan.code == 0 ? 1 : plan.code};
}

void remove_device(unsigned device, unsigned commits) {
  const std::lock_guard lock(state().mutex);
  state().removals[device] = state().commits[device] + commits;
}

bool is_device_removed(unsigned device) {
  const std::lock_guard lock(state().mutex);
  const auto removal = state().removals.find(device);
  return removal != state().removals.end() && state().commits[device] >= removal->second;
}

void note_commit(unsigned device) {
  const std::lock_guard lock(state().mutex);
  ++state().commits[device];
}

unsigned commits(unsigned device) {
  const std::lock_guard lock(state().mutex);
  return state().commits[device];
}

void report_finding(const std::string& text, const Settings& settings) {
  if (settings.aborts) stop(text);
  const std::lock_guard lock(state().mutex);
  state().findings.push_back(text);
}

std::vector<std::string> findings() {
  const std::lock_guard lock(state().mutex);
  return state().findings;
}

void count_work(double seconds, std::uint64_t threads) {
  const std::lock_guard lock(state().mutex);
  state().work.seconds += seconds;
  state().work.threads += threads;
  ++state().work.dispatches;
}

Work work_done() {
  const std::lock_guard lock(state().mutex);
  return state().work;
}

}  // namespace metal_emulator
