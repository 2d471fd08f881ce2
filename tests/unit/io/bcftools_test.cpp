// bcftools has to read what is written, and what it writes has to be read alike.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "anneal/io/variants.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/random_variants.h"

namespace anneal::io {
namespace {

class Bcftools : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (std::system("bcftools --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "bcftools is not installed";
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  // Runs a command in the folder and returns the lines that it printed.
  std::vector<std::string> run(const std::string& command) const {
    const std::string in_folder = "cd '" + folder_.path().string() + "' && " + command + " >out 2>err";
    EXPECT_EQ(std::system(in_folder.c_str()), 0) << command;
    std::ifstream out(path("out"));
    std::vector<std::string> lines;
    for (std::string line; std::getline(out, line);) lines.push_back(line);
    return lines;
  }
  test::TemporaryFolder folder_;
};

TEST_P(Bcftools, AgreesOnEveryRecord) {
  const std::string name = std::string("x.") + GetParam();
  for (const std::size_t samples : {0, 3}) {
    test::RandomVariants random(static_cast<std::uint32_t>(samples) + 11, samples);
    const auto records = random.records(300);
    test::write_variants(path(name), random.header(), records);
    EXPECT_EQ(run("bcftools view --no-version -H " + name), test::lines_of(records));
    for (const char* const type : {"v", "z", "b", "u"}) {
      run("bcftools view --no-version -O" + std::string(type) + " -o other " + name);
      VariantReader reader(path("other"));
      EXPECT_EQ(test::read_lines(reader), test::lines_of(records)) << type;
    }
  }
}

TEST_P(Bcftools, AgreesOnSomeSamples) {
  const std::string name = std::string("x.") + GetParam();
  test::RandomVariants random(12, 5);
  test::write_variants(path(name), random.header(), random.records(300));
  VariantReader reader(path(name), {.samples = std::vector<std::string>{"sample 1", "sample 4"}});
  EXPECT_EQ(run("bcftools view --no-version -I -H -s 'sample 1,sample 4' " + name), test::read_lines(reader));
}

INSTANTIATE_TEST_SUITE_P(Formats, Bcftools, testing::Values("vcf", "vcf.gz", "bcf"), [](const auto& format) {
  return std::string(format.param) == "vcf.gz" ? "vcf_gz" : format.param;
});

}  // namespace
}  // namespace anneal::io
