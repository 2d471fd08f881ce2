#include "io/input.h"

#include <utility>

#include "io/bgzf_block.h"
#include "io/bgzf_source.h"
#include "io/file_source.h"
#include "io/gzip_source.h"
#include "io/memory_source.h"
#include "io/resumed_source.h"
#include "io/zstd_source.h"

namespace anneal::io {
namespace {

using Head = std::string_view;

// A file cut within the magic number counts as compressed, so that it is reported as truncated.
bool begins_with_magic(Head head, std::string_view magic) {
  return !head.empty() && head.substr(0, magic.size()) == magic.substr(0, head.size());
}

bool is_gzip(Head head) { return begins_with_magic(head, "\x1f\x8b"); }

bool is_zstd(Head head) {
  if (begins_with_magic(head, "\x28\xb5\x2f\xfd")) return true;
  const bool is_skippable_frame =
      head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xf0u) == 0x50 && head.substr(1, 3) == "\x2a\x4d\x18";
  return is_skippable_frame;
}

}  // namespace

std::unique_ptr<ByteSource> decompressed(std::unique_ptr<ByteSource> raw, int threads) {
  const std::string head = read_head(*raw, bgzf_head_size);
  auto source = std::make_unique<ResumedSource>(head, std::move(raw));
  if (is_gzip(head)) {
    const bool is_bgzf = is_bgzf_head(head);
    if (is_bgzf && threads > 1) return std::make_unique<BgzfSource>(std::move(source), threads);
    return std::make_unique<GzipSource>(std::move(source), is_bgzf);
  }
  if (is_zstd(head)) return std::make_unique<ZstdSource>(std::move(source));
  return source;
}

std::unique_ptr<ByteSource> open_input(const std::string& path, int threads) {
  return decompressed(std::make_unique<FileSource>(path), threads);
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

std::unique_ptr<ByteSource> open_memory(std::string name, std::string_view bytes, int threads) {
  return decompressed(std::make_unique<MemorySource>(std::move(name), bytes), threads);
}

}  // namespace anneal::io
