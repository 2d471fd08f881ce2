// Compresses to zstd.
#pragma once

#include <string>
#include <vector>

#include "io/byte_sink.h"
#include "io/output.h"

struct ZSTD_CCtx_s;  // NOLINT(readability-identifier-naming): zstd names it

namespace anneal::io {

class ZstdSink final : public ByteSink {
 public:
  /// `level` 1..9.
  ZstdSink(const std::string& path, int level);
  ~ZstdSink() override;
  ZstdSink(const ZstdSink&) = delete;
  ZstdSink& operator=(const ZstdSink&) = delete;

  void write(std::string_view bytes) override;
  void commit() override;
  const std::string& name() const override { return output_.name(); }

 private:
  void compress(std::string_view bytes, bool is_end);

  Output output_;
  std::vector<char> buffer_;
  ZSTD_CCtx_s* context_;
};

}  // namespace anneal::io
