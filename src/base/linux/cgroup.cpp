#include "base/linux/cgroup.h"

#include <algorithm>
#include <string>

#include "base/linux/procfs.h"

namespace anneal::base {
namespace {

namespace fs = std::filesystem;

// Where a hierarchy is mounted, and which of its groups that mount shows as its top.
struct Mount {
  fs::path point;
  std::string top;
};

bool contains(const std::vector<std::string_view>& list, std::string_view item) {
  return std::ranges::find(list, item) != list.end();
}

// A line of mountinfo: id parent device top point options [tags...] - type source super-options
std::optional<Mount> find_mount(int version, std::string_view controller, const fs::path& root) {
  for (const std::string& line : read_lines(root / "proc/self/mountinfo")) {
    const auto fields = split(line, ' ');
    const auto dash = std::ranges::find(fields, "-");
    if (fields.size() < 5 || fields.end() - dash < 4) continue;
    const bool matches =
        version == 2 ? dash[1] == "cgroup2" : dash[1] == "cgroup" && contains(split(dash[3], ','), controller);
    if (matches) return Mount{root / fs::path(fields[4]).relative_path(), std::string(fields[3])};
  }
  return std::nullopt;
}

// `group` as seen below a mount whose top is `top`; a group outside of it shows as the top itself.
fs::path below_top(const std::string& group, const std::string& top) {
  const fs::path relative = fs::path(group).lexically_relative(top);
  const bool outside = relative.empty() || relative.begin()->string() == "..";
  return outside || relative == "." ? fs::path() : relative;
}

void add_group_and_ancestors(const Mount& mount, const std::string& group, int version, std::vector<Cgroup>& groups) {
  for (fs::path relative = below_top(group, mount.top);; relative = relative.parent_path()) {
    groups.push_back({relative.empty() ? mount.point : mount.point / relative, version});
    if (relative.empty()) return;
  }
}

// Bytes of `usage` that the kernel would reclaim before it refuses an allocation.
std::uint64_t inactive_file(const Cgroup& group) {
  const char* field = group.version == 2 ? "inactive_file" : "total_inactive_file";
  return read_field(group.folder / "memory.stat", field).value_or(0);
}

std::optional<std::uint64_t> memory_limit(const Cgroup& group) {
  if (group.version == 1) {
    // Unlimited is the largest multiple of the page size; a limit beyond any machine is none.
    constexpr std::uint64_t unlimited = std::uint64_t{1} << 60;
    const auto limit = read_number(group.folder / "memory.limit_in_bytes");
    return limit && *limit < unlimited ? limit : std::nullopt;
  }
  const auto highest = read_number(group.folder / "memory.max");
  const auto throttled = read_number(group.folder / "memory.high");
  return highest && throttled ? std::min(highest, throttled) : highest ? highest : throttled;
}

std::optional<double> processors(const Cgroup& group) {
  std::optional<std::uint64_t> quota;
  std::optional<std::uint64_t> period;
  if (group.version == 2) {
    const auto line = read_first_line(group.folder / "cpu.max").value_or("");
    const auto fields = split(line, ' ');
    quota = parse_number(fields[0]);
    period = fields.size() > 1 ? parse_number(fields[1]) : std::nullopt;
  } else {
    quota = read_number(group.folder / "cpu.cfs_quota_us");
    period = read_number(group.folder / "cpu.cfs_period_us");
  }
  if (!quota || !period || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

template <class T>
void keep_least(std::optional<T>& least, std::optional<T> value) {
  if (value && (!least || *value < *least)) least = value;
}

}  // namespace

// A line of /proc/self/cgroup: id:controllers:group, where version 2 has no controllers.
std::vector<Cgroup> cgroups_of(std::string_view controller, const fs::path& root) {
  std::vector<Cgroup> groups;
  for (const std::string& line : read_lines(root / "proc/self/cgroup")) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == line.npos || second == line.npos) continue;
    const std::string_view controllers = std::string_view(line).substr(first + 1, second - first - 1);
    const int version = controllers.empty() ? 2 : 1;
    if (version == 1 && !contains(split(controllers, ','), controller)) continue;
    if (const auto mount = find_mount(version, controller, root)) {
      add_group_and_ancestors(*mount, line.substr(second + 1), version, groups);
    }
  }
  return groups;
}

std::optional<double> cgroup_processors(const fs::path& root) {
  std::optional<double> least;
  for (const Cgroup& group : cgroups_of("cpu", root)) keep_least(least, processors(group));
  return least;
}

std::optional<std::uint64_t> cgroup_memory_limit(const fs::path& root) {
  std::optional<std::uint64_t> least;
  for (const Cgroup& group : cgroups_of("memory", root)) keep_least(least, memory_limit(group));
  return least;
}

std::optional<std::uint64_t> cgroup_available_memory(const fs::path& root) {
  std::optional<std::uint64_t> least;
  for (const Cgroup& group : cgroups_of("memory", root)) {
    const auto limit = memory_limit(group);
    if (!limit) continue;
    const auto usage =
        read_number(group.folder / (group.version == 2 ? "memory.current" : "memory.usage_in_bytes")).value_or(0);
    const std::uint64_t used = usage - std::min(usage, inactive_file(group));
    keep_least(least, std::optional(*limit - std::min(*limit, used)));
  }
  return least;
}

}  // namespace anneal::base
