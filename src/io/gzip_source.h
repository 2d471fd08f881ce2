// Decompresses gzip and BGZF.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "io/byte_source.h"

struct inflate_state;  // NOLINT(readability-identifier-naming): ISA-L names it

namespace anneal::io {

class GzipSource final : public ByteSource {
 public:
  /// In BGZF the last member must be an empty one: it marks the end of a file that was written completely.
  GzipSource(std::unique_ptr<ByteSource> compressed, bool is_bgzf);
  ~GzipSource() override;

  std::size_t read(std::span<char> buffer) override;
  std::uint64_t bytes_taken() const override { return compressed_->bytes_taken(); }
  const std::string& name() const override { return compressed_->name(); }

 private:
  bool refill();
  bool begin_member();
  void read_header();
  [[noreturn]] void fail_truncated() const;
  [[noreturn]] void fail_damaged(int code) const;

  std::unique_ptr<ByteSource> compressed_;
  std::unique_ptr<inflate_state> state_;
  std::vector<char> input_;
  std::uint64_t bytes_in_ = 0;      // compressed bytes taken from the source
  std::uint64_t member_bytes_ = 0;  // what the current or last member has decompressed to
  bool in_member_ = false;
  const bool is_bgzf_;
};

}  // namespace anneal::io
