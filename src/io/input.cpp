#include "io/input.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "io/file_source.h"
#include "io/gzip_source.h"
#include "io/memory_source.h"
#include "io/zstd_source.h"

namespace anneal::io {
namespace {

// Enough to see the extra field by which a BGZF member names itself.
constexpr std::size_t head_size = 18;

using Head = std::string_view;

// The first bytes, taken to look at them, and then the rest.
class ResumedSource final : public ByteSource {
 public:
  explicit ResumedSource(std::unique_ptr<ByteSource> rest) : rest_(std::move(rest)) {
    while (size_ < head_.size()) {
      const std::size_t count = rest_->read(std::span(head_).subspan(size_));
      if (count == 0) break;
      size_ += count;
    }
  }

  Head head() const { return {head_.data(), size_}; }

  std::size_t read(std::span<char> buffer) override {
    if (position_ == size_) return rest_->read(buffer);
    const std::size_t count = std::min(buffer.size(), size_ - position_);
    std::memcpy(buffer.data(), head_.data() + position_, count);
    position_ += count;
    return count;
  }
  std::uint64_t bytes_taken() const override { return rest_->bytes_taken(); }
  const std::string& name() const override { return rest_->name(); }

 private:
  std::unique_ptr<ByteSource> rest_;
  std::array<char, head_size> head_{};
  std::size_t size_ = 0;
  std::size_t position_ = 0;
};

// A file cut within the magic number counts as compressed, so that it is reported as truncated.
bool begins_with_magic(Head head, std::string_view magic) {
  return !head.empty() && head.substr(0, magic.size()) == magic.substr(0, head.size());
}

bool is_gzip(Head head) { return begins_with_magic(head, "\x1f\x8b"); }

bool is_bgzf(Head head) {
  constexpr unsigned has_extra_field = 4;
  return head.size() == head_size && head[2] == 8 && (static_cast<unsigned char>(head[3]) & has_extra_field) != 0 &&
         head.substr(12, 2) == "BC";
}

bool is_zstd(Head head) {
  if (begins_with_magic(head, "\x28\xb5\x2f\xfd")) return true;
  const bool is_skippable_frame =
      head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xf0u) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18";
  return is_skippable_frame;
}

std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> raw) {
  auto source = std::make_unique<ResumedSource>(std::move(raw));
  const Head head = source->head();
  if (is_gzip(head)) {
    const bool bgzf = is_bgzf(head);
    return std::make_unique<GzipSource>(std::move(source), bgzf);
  }
  if (is_zstd(head)) return std::make_unique<ZstdSource>(std::move(source));
  return source;
}

}  // namespace

std::unique_ptr<ByteSource> open_input(const std::string& path) {
  return decompressed(std::make_unique<FileSource>(path));
}

std::string read_input(const std::string& path) {
  const auto source = open_input(path);
  std::string bytes;
  constexpr std::size_t step = std::size_t{1} << 16;
  for (std::size_t count = step; count > 0;) {
    const std::size_t size = bytes.size();
    bytes.resize(size + step);
    count = source->read(std::span(bytes).subspan(size));
    bytes.resize(size + count);
  }
  return bytes;
}

std::unique_ptr<ByteSource> open_memory(std::string name, std::string_view bytes) {
  return decompressed(std::make_unique<MemorySource>(std::move(name), bytes));
}

}  // namespace anneal::io
