// Limits that control groups put on this process, versions 1 and 2.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace anneal::base {

/// A control group's folder, and which version's files it holds.
struct Cgroup {
  std::filesystem::path folder;
  int version;
};

/// The groups that bind this process for `controller` ("cpu", "memory"): its own and every ancestor that is visible.
/// Paths begin with `root`, which stands for "/".
std::vector<Cgroup> cgroups_of(std::string_view controller, const std::filesystem::path& root = "/");

/// The tightest CPU quota, in processors (it may be a fraction).
std::optional<double> cgroup_processors(const std::filesystem::path& root = "/");

/// The tightest memory limit, in bytes.
std::optional<std::uint64_t> cgroup_memory_limit(const std::filesystem::path& root = "/");

/// What the tightest group has left, in bytes. File cache that the kernel would drop first counts as free.
std::optional<std::uint64_t> cgroup_available_memory(const std::filesystem::path& root = "/");

}  // namespace anneal::base
