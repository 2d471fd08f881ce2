#include "base/linux/cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/linux/procfs.h"
#include "unit/base/temporary_folder.h"

namespace anneal::base {
namespace {

constexpr const char* unified_mount =
    "22 1 0:20 / / rw - ext4 /dev/sda1 rw\n"
    "31 22 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
constexpr const char* version1_mounts =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

class CgroupTest : public testing::Test {
 protected:
  void write_process(const char* mounts, const char* groups) {
    root_.write("proc/self/mountinfo", mounts);
    root_.write("proc/self/cgroup", groups);
  }
  std::vector<std::string> folders(std::string_view controller) {
    std::vector<std::string> result;
    for (const Cgroup& group : cgroups_of(controller, root_.path())) {
      result.push_back(group.folder.lexically_relative(root_.path()).string());
    }
    return result;
  }

  test::TemporaryFolder root_;
};

TEST_F(CgroupTest, NoneWithoutProc) {
  EXPECT_TRUE(folders("memory").empty());
  EXPECT_EQ(cgroup_processors(root_.path()), std::nullopt);
  EXPECT_EQ(cgroup_memory_limit(root_.path()), std::nullopt);
  EXPECT_EQ(cgroup_available_memory(root_.path()), std::nullopt);
}

TEST_F(CgroupTest, Version2WalksUpToTheMount) {
  write_process(unified_mount, "0::/user.slice/job\n");
  EXPECT_THAT(folders("cpu"),
              testing::ElementsAre("sys/fs/cgroup/user.slice/job", "sys/fs/cgroup/user.slice", "sys/fs/cgroup"));
}

TEST_F(CgroupTest, Version1PicksTheHierarchyOfTheController) {
  write_process(version1_mounts, "4:memory:/box\n1:cpu,cpuacct:/\nnonsense\n");
  EXPECT_THAT(folders("memory"), testing::ElementsAre("sys/fs/cgroup/memory/box", "sys/fs/cgroup/memory"));
  EXPECT_THAT(folders("cpu"), testing::ElementsAre("sys/fs/cgroup/cpu,cpuacct"));
}

TEST_F(CgroupTest, AContainerSeesItsOwnGroupAsTheTop) {
  write_process("31 22 0:27 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
                "4:memory:/docker/abc/inner\n");
  EXPECT_THAT(folders("memory"), testing::ElementsAre("sys/fs/cgroup/memory/inner", "sys/fs/cgroup/memory"));
  write_process("31 22 0:27 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n", "4:memory:/elsewhere\n");
  EXPECT_THAT(folders("memory"), testing::ElementsAre("sys/fs/cgroup/memory"));
}

TEST_F(CgroupTest, Version2CpuQuotaIsTheTightest) {
  write_process(unified_mount, "0::/a/b\n");
  root_.write("sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
  EXPECT_EQ(cgroup_processors(root_.path()), std::nullopt);
  root_.write("sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  EXPECT_EQ(cgroup_processors(root_.path()), 1.5);
  root_.write("sys/fs/cgroup/a/b/cpu.max", "400000 100000\n");
  EXPECT_EQ(cgroup_processors(root_.path()), 1.5);
}

TEST_F(CgroupTest, Version1CpuQuota) {
  write_process(version1_mounts, "1:cpu,cpuacct:/box\n");
  root_.write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "100000\n");
  root_.write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "-1\n");
  EXPECT_EQ(cgroup_processors(root_.path()), std::nullopt);
  root_.write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_quota_us", "200000\n");
  EXPECT_EQ(cgroup_processors(root_.path()), 2.0);
  root_.write("sys/fs/cgroup/cpu,cpuacct/box/cpu.cfs_period_us", "0\n");
  EXPECT_EQ(cgroup_processors(root_.path()), std::nullopt);
}

TEST_F(CgroupTest, Version2Memory) {
  write_process(unified_mount, "0::/a/b\n");
  root_.write("sys/fs/cgroup/a/b/memory.max", "max\n");
  root_.write("sys/fs/cgroup/a/memory.max", "1000\n");
  root_.write("sys/fs/cgroup/a/memory.current", "700\n");
  root_.write("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 100\n");
  EXPECT_EQ(cgroup_memory_limit(root_.path()), 1000u);
  EXPECT_EQ(cgroup_available_memory(root_.path()), 400u);
  root_.write("sys/fs/cgroup/a/b/memory.high", "500\n");
  root_.write("sys/fs/cgroup/a/b/memory.current", "600\n");
  EXPECT_EQ(cgroup_memory_limit(root_.path()), 500u);
  EXPECT_EQ(cgroup_available_memory(root_.path()), 0u);
}

TEST_F(CgroupTest, Version1Memory) {
  write_process(version1_mounts, "4:memory:/box\n0::/\n");
  root_.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(cgroup_memory_limit(root_.path()), std::nullopt);
  root_.write("sys/fs/cgroup/memory/box/memory.limit_in_bytes", "1000\n");
  root_.write("sys/fs/cgroup/memory/box/memory.usage_in_bytes", "300\n");
  root_.write("sys/fs/cgroup/memory/box/memory.stat", "inactive_file 9\ntotal_inactive_file 50\n");
  EXPECT_EQ(cgroup_memory_limit(root_.path()), 1000u);
  EXPECT_EQ(cgroup_available_memory(root_.path()), 750u);
}

TEST_F(CgroupTest, TheMachineMayHaveLessThanTheGroupAllows) {
  write_process(unified_mount, "0::/\n");
  root_.write("sys/fs/cgroup/memory.max", "1000000\n");
  root_.write("sys/fs/cgroup/memory.current", "0\n");
  root_.write("proc/meminfo", "MemTotal: 500 kB\nMemAvailable: 400 kB\n");
  EXPECT_EQ(total_memory(root_.path()), 500u * 1024);
  EXPECT_EQ(available_memory(root_.path()), 400u * 1024);
  root_.write("sys/fs/cgroup/memory.max", "2048\n");
  EXPECT_EQ(total_memory(root_.path()), 2048u);
  EXPECT_EQ(available_memory(root_.path()), 2048u);
}

}  // namespace
}  // namespace anneal::base
