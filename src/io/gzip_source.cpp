#include "io/gzip_source.h"

#include <fmt/core.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <string_view>

#include "anneal/error.h"

namespace anneal::io {
namespace {

constexpr std::size_t input_block = std::size_t{64} << 10;
constexpr std::size_t max_output_step = std::size_t{1} << 30;  // ISA-L counts in 32 bits
constexpr std::uint8_t first_magic_byte = 0x1f;

std::string_view describe(int code) {
  switch (code) {
    case ISAL_INCORRECT_CHECKSUM:
      return "the checksum is wrong";
    case ISAL_INVALID_WRAPPER:
      return "a gzip header is wrong";
    case ISAL_UNSUPPORTED_METHOD:
      return "the compression method is not deflate";
    default:
      return "the deflate data are invalid";
  }
}

}  // namespace

std::string truncated_gzip(const std::string& name, std::uint64_t bytes, bool in_member) {
  return fmt::format("{} is truncated after {} bytes{}; copy or compress it again", name, bytes,
                     in_member ? "" : " (its BGZF end marker is missing)");
}

GzipSource::GzipSource(std::unique_ptr<ByteSource> compressed, bool is_bgzf, std::uint64_t bytes_before)
    : compressed_(std::move(compressed)), state_(std::make_unique<inflate_state>()), input_(input_block),
      bytes_in_(bytes_before), is_bgzf_(is_bgzf) {
  isal_inflate_init(state_.get());
}

GzipSource::~GzipSource() = default;

std::size_t GzipSource::read(std::span<char> buffer) {
  buffer = buffer.first(std::min(buffer.size(), max_output_step));
  while (in_member_ || begin_member()) {
    if (state_->avail_in == 0) refill();
    const bool at_end_of_input = state_->avail_in == 0;
    state_->next_out = reinterpret_cast<std::uint8_t*>(buffer.data());
    state_->avail_out = static_cast<std::uint32_t>(buffer.size());
    const int code = isal_inflate(state_.get());
    if (code < 0) fail_damaged(code);
    const std::size_t count = buffer.size() - state_->avail_out;
    member_bytes_ += count;
    if (state_->block_state == ISAL_BLOCK_FINISH) in_member_ = false;
    if (count > 0) return count;
    if (in_member_ && at_end_of_input) fail_truncated();
  }
  return 0;
}

bool GzipSource::refill() {
  const std::size_t count = compressed_->read(input_);
  bytes_in_ += count;
  state_->next_in = reinterpret_cast<std::uint8_t*>(input_.data());
  state_->avail_in = static_cast<std::uint32_t>(count);
  return count > 0;
}

bool GzipSource::begin_member() {
  if (state_->avail_in == 0 && !refill()) {
    if (is_bgzf_ && member_bytes_ > 0) fail_truncated();
    return false;
  }
  if (*state_->next_in != first_magic_byte) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} has bytes after the end of its gzip data, near byte {}; compress it again", name(),
                            bytes_in_ - state_->avail_in));
  }
  isal_inflate_reset(state_.get());
  member_bytes_ = 0;
  in_member_ = true;
  read_header();
  return true;
}

// ISA-L can read the header itself, but then forgets its flags where the input ends within it.
void GzipSource::read_header() {
  state_->crc_flag = ISAL_GZIP_NO_HDR_VER;
  isal_gzip_header header;
  isal_gzip_header_init(&header);
  int code = isal_read_gzip_header(state_.get(), &header);
  while (code == ISAL_END_INPUT) {
    if (!refill()) fail_truncated();
    code = isal_read_gzip_header(state_.get(), &header);
  }
  if (code != ISAL_DECOMP_OK) fail_damaged(code);
}

void GzipSource::fail_truncated() const {
  throw Error(ErrorCode::invalid_input, truncated_gzip(name(), bytes_in_, in_member_));
}

void GzipSource::fail_damaged(int code) const {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is damaged gzip data before byte {}: {}; copy or compress it again", name(),
                          bytes_in_ - state_->avail_in, describe(code)));
}

}  // namespace anneal::io
