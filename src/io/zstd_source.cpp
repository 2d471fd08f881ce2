#include "io/zstd_source.h"

#include <fmt/core.h>
#include <zstd.h>

#include <new>

#include "anneal/error.h"

namespace anneal::io {
namespace {

constexpr std::size_t input_block = std::size_t{64} << 10;

}  // namespace

ZstdSource::ZstdSource(std::unique_ptr<ByteSource> compressed)
    : compressed_(std::move(compressed)), input_(input_block) {
  context_ = ZSTD_createDCtx();
  if (context_ == nullptr) throw std::bad_alloc();
}

ZstdSource::~ZstdSource() { ZSTD_freeDCtx(context_); }

std::size_t ZstdSource::read(std::span<char> buffer) {
  ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
  while (output.pos == 0) {
    const bool at_end_of_input = position_ == available_ && !refill();
    if (at_end_of_input && !in_frame_) return 0;
    ZSTD_inBuffer input{input_.data(), available_, position_};
    const std::size_t result = ZSTD_decompressStream(context_, &output, &input);
    position_ = input.pos;
    if (ZSTD_isError(result)) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is damaged zstd data before byte {}: {}; copy or compress it again", name(),
                              bytes_in_, ZSTD_getErrorName(result)));
    }
    in_frame_ = result != 0;
    if (at_end_of_input && in_frame_ && output.pos == 0) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is truncated after {} bytes; copy or compress it again", name(), bytes_in_));
    }
  }
  return output.pos;
}

bool ZstdSource::refill() {
  position_ = 0;
  available_ = compressed_->read(input_);
  bytes_in_ += available_;
  return available_ > 0;
}

}  // namespace anneal::io
