#include "base/cpu.h"

#include <fmt/core.h>
#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <thread>

#include "base/linux/cgroup.h"
#include "base/linux/procfs.h"
#include "base/text.h"

namespace anneal::base {
namespace {

// The mask must be as large as the kernel's, which is beyond cpu_set_t's 1,024 processors on the largest machines.
int affinity_processors() {
  constexpr int most = 1 << 18;
  for (int processors = 1024; processors <= most; processors *= 4) {
    const std::size_t bytes = CPU_ALLOC_SIZE(processors);
    const auto free_set = [](cpu_set_t* set) { CPU_FREE(set); };
    const std::unique_ptr<cpu_set_t, decltype(free_set)> set(CPU_ALLOC(processors), free_set);
    if (set && ::sched_getaffinity(0, bytes, set.get()) == 0) return CPU_COUNT_S(bytes, set.get());
  }
  return static_cast<int>(std::thread::hardware_concurrency());
}

// A field of the first processor in /proc/cpuinfo, whose lines are "key<tabs>: value".
std::string cpuinfo_field(const std::vector<std::string>& lines, std::string_view key) {
  for (const std::string& line : lines) {
    const std::size_t colon = line.find(':');
    if (colon != line.npos && trim(std::string_view(line).substr(0, colon)) == key) {
      return std::string(trim(std::string_view(line).substr(colon + 1)));
    }
  }
  return {};
}

// Arm kernels give numbers in place of a name.
std::string arm_name(const std::vector<std::string>& lines) {
  const std::string part = cpuinfo_field(lines, "CPU part");
  return part.empty() ? std::string()
                      : fmt::format("Arm implementer {} part {}", cpuinfo_field(lines, "CPU implementer"), part);
}

}  // namespace

std::string processor_name(const std::filesystem::path& root) {
  const auto lines = read_lines(root / "proc/cpuinfo");
  for (const std::string& name : {cpuinfo_field(lines, "model name"), arm_name(lines), cpuinfo_field(lines, "cpu")}) {
    if (!name.empty()) return name;
  }
  utsname system{};
  return ::uname(&system) == 0 ? fmt::format("{} processor", system.machine) : "unknown processor";
}

std::string processor_identity(const std::filesystem::path& root) {
  const auto lines = read_lines(root / "proc/cpuinfo");
  std::string result = processor_name(root);
  for (const char* key : {"vendor_id", "cpu family", "model", "stepping", "microcode", "CPU variant", "CPU revision"}) {
    const std::string value = cpuinfo_field(lines, key);
    if (!value.empty()) result += fmt::format("; {} {}", key, value);
  }
  return result;
}

int usable_processors() {
  const double quota = std::ceil(cgroup_processors().value_or(affinity_processors()));
  return std::max(1, static_cast<int>(std::min<double>(affinity_processors(), quota)));
}

std::string processor_name() { return processor_name("/"); }

std::string processor_identity() { return processor_identity("/"); }

}  // namespace anneal::base
