// Any bytes as gzip, BGZF or zstd: what they decompress to, or one error.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
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

// At most so many bytes, as a few may stand for a great many.
Outcome decompress(std::string_view compressed, std::size_t step, std::size_t most, int threads = 1) {
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

// How much damaged data yields before the error depends on how it is read.
void require_same_begin(const Outcome& one, const Outcome& other) {
  const std::size_t common = std::min(one.bytes.size(), other.bytes.size());
  require(one.bytes.compare(0, common, other.bytes, 0, common) == 0);
}

// The first byte of the input chooses how finely it is read. Few are read by threads, too, whichever are kept: oneTBB
// frees what it has for them only while it is idle.
void read_all_ways(std::string_view input) {
  constexpr std::size_t few = 1 << 12, many = 1 << 16;
  const std::size_t step = 1 + static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  const Outcome coarse = decompress(input, few, many);
  require_same_begin(coarse, decompress(input, step, few));
  const bool is_one_of_few = std::hash<std::string_view>()(input) % 256 == 0;
  if (is_one_of_few) require_same_begin(coarse, decompress(input, few, many, 2));
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_all_ways({reinterpret_cast<const char*>(data), size});
  return 0;
}
