#include "reads/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <string>
#include <vector>

#include "device/cpu/targets.h"
#include "reads/adapter.h"
#include "unit/reads/adapter_oracle.h"

namespace anneal::reads {
namespace {

std::vector<std::string> backends() {
  std::vector<std::string> names = {"scalar"};
  for (const std::int64_t target : device::cpu::runnable_targets()) names.push_back(device::cpu::target_name(target));
  return names;
}

class ReadKernels : public testing::TestWithParam<std::string> {
 protected:
  const Kernels& kernels() const { return *find_kernels(GetParam()); }

  std::size_t below(std::size_t end) { return random_() % end; }

  // Mostly of the lengths at which vectors begin and end.
  std::size_t length(std::size_t most) { return below(below(2) == 0 ? 150 : most + 1); }

  std::string text(std::size_t size, std::string_view letters) {
    std::string made;
    for (; size > 0; --size) made += letters[below(letters.size())];
    return made;
  }

  std::string bytes(std::size_t size, int least, int most) {
    std::string made;
    for (; size > 0; --size)
      made += static_cast<char>(least + static_cast<int>(below(static_cast<std::size_t>(most - least + 1))));
    return made;
  }

  std::mt19937 random_{1};
};

INSTANTIATE_TEST_SUITE_P(Backends, ReadKernels, testing::ValuesIn(backends()),
                         [](const auto& backend) { return backend.param; });

std::uint64_t sum_of(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (const char byte : bytes) sum += static_cast<unsigned char>(byte);
  return sum;
}

TEST_P(ReadKernels, CountN) {
  for (std::size_t size = 0; size <= 1000; ++size) {
    const std::string read = size % 3 == 0 ? text(size, "Nn") : text(size, "ACGTNacgtnMOno.*");
    EXPECT_EQ(kernels().count_n(read), std::ranges::count(read, 'N') + std::ranges::count(read, 'n')) << read;
  }
}

TEST_P(ReadKernels, SumBytes) {
  for (std::size_t size = 0; size <= 1000; ++size) {
    const std::string read = size % 3 == 0 ? std::string(size, '\xff') : bytes(size, 0, 255);
    EXPECT_EQ(kernels().sum(read), sum_of(read)) << size;
  }
  const std::string large(std::size_t{1} << 23, '\xff');
  EXPECT_EQ(kernels().sum(large), (std::uint64_t{255} << 23));
}

std::size_t find_low_window(std::string_view bytes, std::size_t window, std::uint64_t least) {
  for (std::size_t place = 0; place + window <= bytes.size(); ++place) {
    if (sum_of(bytes.substr(place, window)) < least) return place;
  }
  return std::string_view::npos;
}

TEST_P(ReadKernels, FindLowWindows) {
  for (int round = 0; round < 20000; ++round) {
    const int lowest = 33 + static_cast<int>(below(60));
    const std::string quality = bytes(length(1000), lowest, std::min(126, lowest + 30));
    const std::size_t window = 1 + below(round % 4 == 0 ? 100 : 18);
    const std::uint64_t least = window * (static_cast<std::size_t>(lowest) + below(20));
    EXPECT_EQ(kernels().find_low_window(quality, window, least), find_low_window(quality, window, least))
        << quality << ", " << window << " below " << least;
  }
}

TEST_P(ReadKernels, FindLowWindowsOfAnyBytes) {
  for (std::size_t window = 1; window < 40; ++window) {
    const std::string highest(200, '\xff');
    EXPECT_EQ(kernels().find_low_window(highest, window, 255 * window), std::string_view::npos);
    EXPECT_EQ(kernels().find_low_window(highest, window, 255 * window + 1), 0u);
    EXPECT_EQ(kernels().find_low_window(highest, window, ~std::uint64_t{0}), 0u);
    EXPECT_EQ(kernels().find_low_window(highest, window, 0), std::string_view::npos);
    std::string one = highest;
    one.back() = '\0';
    EXPECT_EQ(kernels().find_low_window(one, window, 255 * window), 200 - window);
  }
}

TEST_P(ReadKernels, FindAdapters) {
  for (int round = 0; round < 20000; ++round) {
    const std::size_t longest = round % 50 == 0 ? 300 : 40;
    const std::string adapter = text(1 + below(longest), round % 3 == 0 ? "ACGTUacgtuN" : "ACGT");
    std::string read = text(length(round % 20 == 0 ? 3000 : 200), round % 5 == 0 ? "ACGTNacgtu*R" : "ACGT");
    if (round % 2 == 0) read.insert(below(read.size() + 1), adapter);
    if (round % 4 == 0) read.resize(below(read.size() + 1));  // ends within it, or before
    for (std::size_t k = below(4); k > 0 && !read.empty(); --k) read[below(read.size())] = 'A';
    const double rate = below(2) == 0 ? 0.1 : static_cast<double>(below(11)) / 10;
    const std::size_t overlap = 1 + below(round % 7 == 0 ? 400 : 20);
    EXPECT_EQ(kernels().find_adapter(Adapter(adapter, rate, overlap).pattern(), read),
              find_plainly(read, adapter, rate, overlap))
        << adapter << " in " << read << ", rate " << rate << ", overlap " << overlap;
  }
}

TEST_P(ReadKernels, FindAdaptersOfAnyLetterAndAtAnyPlace) {
  EXPECT_EQ(kernels().find_adapter(Adapter("NNNN", 0, 3).pattern(), "ACGTACGT"), 0u);
  EXPECT_EQ(kernels().find_adapter(Adapter("NNNN", 0, 3).pattern(), "ACG"), 0u);
  EXPECT_EQ(kernels().find_adapter(Adapter("NNNN", 0, 3).pattern(), "AC"), 2u);
  EXPECT_EQ(kernels().find_adapter(Adapter("ACGT", 1, 1).pattern(), "TTTT"), 0u);
  EXPECT_EQ(kernels().find_adapter(Adapter("ACGT", 0.1, 3).pattern(), ""), 0u);
  const std::string adapter = "AGATCGGAAGAGCACACGTC";
  for (std::size_t place = 0; place < 2100; ++place) {
    const std::string read = std::string(place, 'T') + adapter;
    const Adapter whole(adapter, 0, 20);
    EXPECT_EQ(kernels().find_adapter(whole.pattern(), read + "TTT"), place);
    EXPECT_EQ(kernels().find_adapter(whole.pattern(), read), place);
    EXPECT_EQ(kernels().find_adapter(Adapter(adapter, 0.1, 3).pattern(), read.substr(0, place + 4)), place);
  }
}

TEST(BestKernels, AreSomeOfABackend) {
  bool found = false;
  for (const std::string& backend : backends()) {
    found = found || find_kernels(backend)->find_adapter == best_kernels().find_adapter;
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(find_kernels("abacus"), nullptr);
}

}  // namespace
}  // namespace anneal::reads
