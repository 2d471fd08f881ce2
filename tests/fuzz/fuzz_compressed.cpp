// Any bytes as gzip, BGZF or zstd: what they decompress to, or one error.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "anneal/error.h"
#include "io/input.h"

namespace anneal::fuzz {
namespace {

void require(bool promise) {
  if (!promise) std::abort();
}

struct Outcome {
  std::string bytes;
  bool failed = false;
};

Outcome decompress(std::string_view compressed, std::size_t step, int threads = 1) {
  constexpr std::size_t most = 1 << 16;  // a few bytes may stand for a great many
  Outcome outcome;
  try {
    const auto source = io::open_memory("input", compressed, threads);
    std::string piece(step, '\0');
    while (outcome.bytes.size() < most) {
      const std::size_t count = source->read(piece);
      if (count == 0) break;
      require(count <= step);
      outcome.bytes.append(piece, 0, count);
    }
  } catch (const Error& error) {
    require(error.code() == ErrorCode::invalid_input);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    outcome.failed = true;
  }
  return outcome;
}

// The first byte of the input chooses how finely it is read.
void read_all_ways(std::string_view input) {
  const std::size_t step = 1 + static_cast<unsigned char>(input[0]);
  const Outcome fine = decompress(input.substr(1), step), coarse = decompress(input.substr(1), 1 << 12);
  // How much damaged data yields before the error depends on how it is read.
  for (const Outcome& other : {coarse, decompress(input.substr(1), 1 << 12, 2)}) {
    const std::size_t common = std::min(fine.bytes.size(), other.bytes.size());
    require(fine.bytes.compare(0, common, other.bytes, 0, common) == 0);
  }
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_all_ways({reinterpret_cast<const char*>(data), size});
  return 0;
}
