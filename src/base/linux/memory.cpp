#include "base/memory.h"

#include <algorithm>

#include "base/linux/cgroup.h"
#include "base/linux/procfs.h"

namespace anneal::base {
namespace {

std::uint64_t least_known(std::optional<std::uint64_t> a, std::optional<std::uint64_t> b) {
  return a && b ? std::min(*a, *b) : a.value_or(b.value_or(0));
}

}  // namespace

std::uint64_t total_memory(const std::filesystem::path& root) {
  return least_known(read_field(root / "proc/meminfo", "MemTotal"), cgroup_memory_limit(root));
}

std::uint64_t available_memory(const std::filesystem::path& root) {
  return least_known(read_field(root / "proc/meminfo", "MemAvailable"), cgroup_available_memory(root));
}

std::uint64_t total_memory() { return total_memory("/"); }

std::uint64_t available_memory() { return available_memory("/"); }

}  // namespace anneal::base
