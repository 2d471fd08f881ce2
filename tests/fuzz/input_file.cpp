#include "fuzz/input_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "io/bgzf_block.h"

namespace anneal::fuzz {

InputFile::InputFile(std::string_view bytes) : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
  if (descriptor_ < 0) std::abort();
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written <= 0) std::abort();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  path_ = "/proc/self/fd/" + std::to_string(descriptor_);
}

InputFile::~InputFile() { ::close(descriptor_); }

std::string as_bgzf(std::string_view text) {
  std::string blocks;
  while (!text.empty()) {
    const std::string_view block = text.substr(0, io::bgzf_text_per_block);
    io::append_bgzf_block(blocks, block, 1);
    text.remove_prefix(block.size());
  }
  io::append_bgzf_block(blocks, {}, 1);
  return blocks;
}

}  // namespace anneal::fuzz
