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

device::cuda::Runtime& runtime() {
  static device::cuda::Runtime* const result = [] {
    auto* fake = new test::FakeCuda;  // as long as the process
    test::define_align_kernels(*fake);
    device::cuda::replace_toolkit(*fake);
    return device::cuda::process_runtime();
  }();
  return *result;
}

class MapRunCudaTest : public testing::Test {
 protected:
  MapRunCudaTest() {
    runtime();
    const std::string genome = test::random_sequence(random_, Alphabet::dna, 20'000);
    std::string reads;
    for (std::size_t i = 0; i < 30; ++i) {
      const std::string origin = genome.substr(600 * i, 150);
      reads += ">r" + std::to_string(i) + "\n" + test::mutate(random_, Alphabet::dna, origin, 0.05) + "\n";
    }
    folder_.write("genome.fa", ">genome\n" + genome + "\n");
    folder_.write("reads.fa", reads);
  }
  ~MapRunCudaTest() override { runtime().reset_faults(); }

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

}  // namespace
}  // namespace anneal::cli
