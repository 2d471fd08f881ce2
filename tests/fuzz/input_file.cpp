#include "fuzz/input_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "io/bgzf_block.h"

namespace anneal::fuzz {
namespace {

constexpr int stored = 0;  // compressing would take longer than reading

}  // namespace

const std::string& input_file(std::string_view bytes) {
  static const int descriptor = ::memfd_create("input", MFD_CLOEXEC);
  static const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  // Cut afterwards: its pages stay, as new ones cost more than all that is read.
  require(::pwrite(descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  require(::ftruncate(descriptor, static_cast<off_t>(bytes.size())) == 0);
  return path;
}

std::string_view as_bgzf(std::string_view text) {
  static std::string blocks;  // whose memory is kept
  blocks.clear();
  while (!text.empty()) {
    const std::string_view block = text.substr(0, io::bgzf_text_per_block);
    io::append_bgzf_block(blocks, block, stored);
    text.remove_prefix(block.size());
  }
  io::append_bgzf_block(blocks, {}, stored);
  return blocks;
}

}  // namespace anneal::fuzz
