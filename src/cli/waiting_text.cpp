#include "cli/waiting_text.h"

#include <cstdint>
#include <vector>

namespace anneal::cli {

void WaitingText::append(std::string_view text) {
  if (text_.size() + text.size() <= memory_) {
    text_ += text;
    return;
  }
  if (!file_) file_.emplace();
  file_->append(text_);
  file_->append(text);
  text_.clear();
}

void WaitingText::write_to(io::Output& output) const {
  if (file_) {
    std::vector<char> buffer(std::size_t{1} << 18);
    std::uint64_t begin = 0;
    while (const std::size_t count = file_->read(begin, buffer)) {
      output.write({buffer.data(), count});
      begin += count;
    }
  }
  output.write(text_);
}

}  // namespace anneal::cli
