// Decompresses Zstandard frames.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "io/byte_source.h"

struct ZSTD_DCtx_s;

namespace anneal::io {

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(std::unique_ptr<ByteSource> compressed);
  ~ZstdSource() override;

  std::size_t read(std::span<char> buffer) override;
  std::uint64_t bytes_taken() const override { return compressed_->bytes_taken(); }
  const std::string& name() const override { return compressed_->name(); }

 private:
  bool refill();

  std::unique_ptr<ByteSource> compressed_;
  ZSTD_DCtx_s* context_;
  std::vector<char> input_;
  std::size_t position_ = 0;
  std::size_t available_ = 0;
  std::uint64_t bytes_in_ = 0;  // compressed bytes taken from the source
  bool in_frame_ = false;
};

}  // namespace anneal::io
