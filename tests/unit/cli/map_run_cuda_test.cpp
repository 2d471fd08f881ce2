// anneal map with a GPU that fails: a stand-in for CUDA, in a program of its own, since the process has only one.
#include "cli/map_run.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <string>

#include "cli/map_arguments.h"
#include "device/cuda/runtime.h"
#include "support/emulated_kernels.h"
#include "support/random_pairs.h"
#include "unit/base/temporary_folder.h"

namespace anneal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

test::FakeCuda& fake() {
  static test::FakeCuda* const result = [] {
    auto* made = new test::FakeCuda;  // as long as the process
    test::define_align_kernels(*made);
    device::cuda::replace_toolkit(*made);
    return made;
  }();
  return *result;
}

device::cuda::Runtime& runtime() {
  fake();
  return *device::cuda::process_runtime();
}

class MapRunCudaTest : public testing::Test {
 protected:
  MapRunCudaTest() {
    runtime();
    folder_.write("genome.fa", ">genome\n" + genome_ + "\n");
    write_reads(30, 150, 0.05);
  }
  ~MapRunCudaTest() override { runtime().reset_faults(); }

  void write_reads(int count, std::size_t length, double rate) {
    std::string reads;
    for (int i = 0; i < count; ++i) {
      const auto begin = static_cast<std::size_t>(random_.between(0, static_cast<int>(genome_.size() - length)));
      const std::string read = test::mutate(random_, Alphabet::dna, genome_.substr(begin, length), rate);
      reads += ">r" + std::to_string(i) + "\n" + read + "\n";
    }
    folder_.write("reads.fa", reads);
  }

  struct Done {
    std::string output, messages;
  };
  Done map(const std::string& backend) {
    const std::filesystem::path& folder = folder_.path();
    MapArguments arguments{.reference_path = folder / "genome.fa",
                           .reads_path = folder / "reads.fa",
                           .output_path = folder / "out.paf",
                           .settings = {.backend = backend},
                           .threads = 2};
    testing::internal::CaptureStderr();
    map_reads(arguments);
    std::ifstream file(arguments.output_path);
    return {.output = {std::istreambuf_iterator<char>(file), {}}, .messages = testing::internal::GetCapturedStderr()};
  }

  test::TemporaryFolder folder_;
  test::Random random_{5};
  std::string genome_ = test::random_sequence(random_, Alphabet::dna, 20'000);
};

TEST_F(MapRunCudaTest, NamesItsBackend) {
  const Done expected = map("scalar"), found = map("cuda");
  EXPECT_EQ(found.output, expected.output);
  EXPECT_THAT(expected.messages, HasSubstr("30 of 30 reads mapped (100.00 %); backend scalar\n"));
  EXPECT_THAT(found.messages, AllOf(HasSubstr("backend cuda\n"), Not(HasSubstr("nothing is missing"))));
}

TEST_F(MapRunCudaTest, SaysOnceThatADeviceFailed) {
  const std::string expected = map("scalar").output;
  map("cuda");  // has passed its self-test
  runtime().faults().plan(device::cuda::Operation::launch, 3, device::cuda::status::launch_failure, true);
  const Done found = map("cuda");
  EXPECT_TRUE(runtime().faults().has_struck());
  EXPECT_EQ(found.output, expected);
  const std::size_t said = found.messages.find("; nothing is missing from the output\n");
  ASSERT_NE(said, std::string::npos) << found.messages;
  EXPECT_EQ(found.messages.find("nothing is missing", said + 10), std::string::npos) << found.messages;
}

// As many launches as a few reads take, where a chunk of the CPU has 512.
TEST_F(MapRunCudaTest, HasThousandsOfReadsInABatch) {
  map("cuda");
  const auto launches = [this] {
    const std::size_t before = fake().launches(0);
    map("cuda");
    return fake().launches(0) - before;
  };
  write_reads(400, 60, 0.03);
  const std::size_t few = launches();
  write_reads(2000, 60, 0.03);
  EXPECT_LT(launches(), 2 * few);
  write_reads(5000, 60, 0.02);  // more than one chunk
  EXPECT_EQ(map("cuda").output, map("scalar").output);
}

}  // namespace
}  // namespace anneal::cli
