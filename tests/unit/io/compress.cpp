#include "unit/io/compress.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <cstdint>
#include <stdexcept>

namespace anneal::test {
namespace {

constexpr std::size_t overhead = 1024;

std::string deflate(std::string_view text, std::uint16_t wrapper) {
  std::string result(text.size() + overhead, '\0');
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.gzip_flag = wrapper;
  stream.end_of_stream = 1;
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<std::uint32_t>(text.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(result.data());
  stream.avail_out = static_cast<std::uint32_t>(result.size());
  if (isal_deflate_stateless(&stream) != COMP_OK) throw std::runtime_error("deflate failed");
  result.resize(stream.total_out);
  return result;
}

void append_little_endian(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xffu);
}

void append_trailer(std::string& member, std::string_view text) {
  append_little_endian(member, crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(text.data()), text.size()), 4);
  append_little_endian(member, static_cast<std::uint32_t>(text.size()), 4);
}

}  // namespace

std::string gzip(std::string_view text) { return deflate(text, IGZIP_GZIP); }

std::string named_gzip(std::string_view text, std::string_view file_name) {
  using std::string_literals::operator""s;
  std::string member = "\x1f\x8b\x08\x08\0\0\0\0\0\x03"s;
  member.append(file_name).append(1, '\0').append(deflate(text, IGZIP_DEFLATE));
  append_trailer(member, text);
  return member;
}

std::string bgzf_block(std::string_view text) {
  using std::string_literals::operator""s;
  const std::string body = deflate(text, IGZIP_DEFLATE);
  constexpr std::size_t header_and_trailer = 18 + 8;
  std::string block = "\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0"s;
  append_little_endian(block, static_cast<std::uint32_t>(body.size() + header_and_trailer - 1), 2);
  block += body;
  append_trailer(block, text);
  return block;
}

std::string zstd(std::string_view text) {
  constexpr int level = 3;
  std::string result(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(result.data(), result.size(), text.data(), text.size(), level);
  if (ZSTD_isError(size)) throw std::runtime_error(ZSTD_getErrorName(size));
  result.resize(size);
  return result;
}

}  // namespace anneal::test
