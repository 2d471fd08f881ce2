#include "io/hts/text_output.h"

#include <htslib/bgzf.h>

#include <cerrno>

#include "io/hts/compression.h"

namespace anneal::io::hts {

TextOutput::TextOutput(const std::string& path, const Threads& threads, int level)
    : TextOutput(path, path.ends_with(".gz") || path.ends_with(".bgz"), threads, level) {}

TextOutput::TextOutput(const std::string& path, bool is_compressed, const Threads& threads, int level) {
  check_level(level);
  if (is_compressed) {
    compressed_ = std::make_unique<OutputFile>(path, mode_with_level("wz", level), threads);
  } else {
    plain_ = std::make_unique<Output>(path);
  }
}

void TextOutput::write(std::string_view text) {
  if (plain_ != nullptr) return plain_->write(text);
  errno = 0;
  const ssize_t written = bgzf_write(compressed_->get()->fp.bgzf, text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) compressed_->fail();
}

void TextOutput::commit() { plain_ != nullptr ? plain_->commit() : compressed_->commit(); }

}  // namespace anneal::io::hts
