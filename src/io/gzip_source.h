// Decompresses gzip and BGZF.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "io/byte_source.h"

struct inflate_state;  // NOLINT(readability-identifier-naming): ISA-L names it

namespace anneal::io {

/// What messages say of gzip data that end within a member, or without the mark of BGZF's end.
std::string truncated_gzip(const std::string& name, std::uint64_t bytes, bool in_member);

class GzipSource final : public ByteSource {
 public:
  /// In BGZF the last member must be an empty one: it marks the end of a file that was written completely.
  /// `bytes_before` precede those of `compressed` in the file that messages speak of.
  GzipSource(std::unique_ptr<ByteSource> compressed, bool is_bgzf, std::uint64_t bytes_before = 0);
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
  std::uint64_t bytes_in_;          // of the file, which were taken from the source or before
  std::uint64_t member_bytes_ = 0;  // what the current or last member has decompressed to
  bool in_member_ = false;
  const bool is_bgzf_;
};

}  // namespace anneal::io
