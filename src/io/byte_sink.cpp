#include "io/byte_sink.h"

#include "io/bgzf_sink.h"
#include "io/output.h"
#include "io/zstd_sink.h"

namespace anneal::io {
namespace {

// Fast, and larger than the best by a few percent.
constexpr int bgzf_level = 4;
constexpr int zstd_level = 3;

class PlainSink final : public ByteSink {
 public:
  explicit PlainSink(const std::string& path) : output_(path) {}

  void write(std::string_view bytes) override { output_.write(bytes); }
  void commit() override { output_.commit(); }
  const std::string& name() const override { return output_.name(); }

 private:
  Output output_;
};

bool is_bgzf_name(std::string_view path) { return path.ends_with(".gz") || path.ends_with(".bgz"); }
bool is_zstd_name(std::string_view path) { return path.ends_with(".zst"); }

}  // namespace

bool is_compressed_name(std::string_view path) { return is_bgzf_name(path) || is_zstd_name(path); }

std::unique_ptr<ByteSink> open_sink(const std::string& path, int threads, int level) {
  if (is_bgzf_name(path)) {
    return std::make_unique<BgzfSink>(path, threads, level == default_level ? bgzf_level : level);
  }
  if (is_zstd_name(path)) return std::make_unique<ZstdSink>(path, level == default_level ? zstd_level : level);
  return std::make_unique<PlainSink>(path);
}

}  // namespace anneal::io
