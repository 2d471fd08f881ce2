#include "base/linux/procfs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/temporary_folder.h"

namespace anneal::base {
namespace {

using testing::ElementsAre;

class Procfs : public testing::Test {
 protected:
  test::TemporaryFolder root_;
};

TEST_F(Procfs, ReadsNumbers) {
  root_.write("number", "42\n");
  root_.write("max", "max\n");
  root_.write("negative", "-1\n");
  root_.write("empty", "");
  EXPECT_EQ(read_number(root_.path() / "number"), 42u);
  for (const char* file : {"max", "negative", "empty", "absent"}) {
    EXPECT_EQ(read_number(root_.path() / file), std::nullopt) << file;
  }
}

TEST_F(Procfs, ReadsFields) {
  root_.write("file", "MemTotalled: 1 kB\nMemTotal:   2048 kB\ninactive_file 77\nbad: x\n");
  EXPECT_EQ(read_field(root_.path() / "file", "MemTotal"), 2048u * 1024);
  EXPECT_EQ(read_field(root_.path() / "file", "inactive_file"), 77u);
  EXPECT_EQ(read_field(root_.path() / "file", "bad"), std::nullopt);
  EXPECT_EQ(read_field(root_.path() / "file", "absent"), std::nullopt);
  EXPECT_EQ(read_field(root_.path() / "absent", "MemTotal"), std::nullopt);
}

TEST_F(Procfs, Splits) {
  EXPECT_THAT(split("a,,b", ','), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", ','), ElementsAre(""));
  EXPECT_THAT(split("a,", ','), ElementsAre("a", ""));
}

TEST_F(Procfs, NamesAnX86Processor) {
  root_.write("proc/cpuinfo",
              "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 143\n"
              "model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz\nstepping\t: 8\nmicrocode\t: 0xffff\n\n"
              "processor\t: 1\nmodel name\t: another\n");
  EXPECT_EQ(processor_name(root_.path()), "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz");
  EXPECT_EQ(processor_identity(root_.path()),
            "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz; vendor_id GenuineIntel; cpu family 6; model 143; "
            "stepping 8; microcode 0xffff");
}

TEST_F(Procfs, NamesAnArmProcessor) {
  root_.write("proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\nCPU variant\t: 0x1\nCPU part\t: 0xd40\n");
  EXPECT_EQ(processor_name(root_.path()), "Arm implementer 0x41 part 0xd40");
  EXPECT_EQ(processor_identity(root_.path()), "Arm implementer 0x41 part 0xd40; CPU variant 0x1");
}

TEST_F(Procfs, NamesAProcessorWithoutCpuinfo) {
  EXPECT_THAT(processor_name(root_.path()), testing::EndsWith(" processor"));
}

TEST_F(Procfs, KnowsMemoryWithoutCgroups) {
  root_.write("proc/meminfo", "MemTotal: 100 kB\nMemFree: 10 kB\nMemAvailable: 40 kB\n");
  EXPECT_EQ(total_memory(root_.path()), 100u * 1024);
  EXPECT_EQ(available_memory(root_.path()), 40u * 1024);
}

TEST_F(Procfs, UnknownMemoryIsZero) {
  EXPECT_EQ(total_memory(root_.path()), 0u);
  EXPECT_EQ(available_memory(root_.path()), 0u);
}

}  // namespace
}  // namespace anneal::base
