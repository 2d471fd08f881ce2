#include "io/zstd_sink.h"

#include <fmt/core.h>
#include <zstd.h>

#include <new>

#include "anneal/error.h"

namespace anneal::io {

ZstdSink::ZstdSink(const std::string& path, int level)
    : output_(path), buffer_(ZSTD_CStreamOutSize()), context_(ZSTD_createCCtx()) {
  if (context_ == nullptr) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);
}

ZstdSink::~ZstdSink() { ZSTD_freeCCtx(context_); }

void ZstdSink::write(std::string_view bytes) { compress(bytes, false); }

void ZstdSink::commit() {
  compress({}, true);
  output_.commit();
}

void ZstdSink::compress(std::string_view bytes, bool is_end) {
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  std::size_t left = 0;
  do {
    ZSTD_outBuffer output{buffer_.data(), buffer_.size(), 0};
    left = ZSTD_compressStream2(context_, &output, &input, is_end ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left)) {
      throw Error(ErrorCode::internal, fmt::format("cannot compress {}: {}", name(), ZSTD_getErrorName(left)));
    }
    output_.write({buffer_.data(), output.pos});
  } while (is_end ? left != 0 : input.pos < input.size);
}

}  // namespace anneal::io
