#include "array/npy.h"

#include <fmt/core.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace anneal::test {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

const char* description_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return "|b1";
    case DType::u8:
      return "|u1";
    case DType::i8:
      return "|i1";
    case DType::i32:
      return "<i4";
    case DType::i64:
      return "<i8";
    case DType::f16:
      return "<f2";
    case DType::bf16:
      return "<u2";
    case DType::f32:
      return "<f4";
    case DType::f64:
      break;
  }
  return "<f8";
}

}  // namespace

std::vector<std::byte> read_npy_data(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  // Version 1: magic, two bytes of version, two of the header's length.
  if (bytes.size() < 10 || bytes.compare(0, magic.size(), magic) != 0 || bytes[6] != 1) {
    throw std::runtime_error(file.string() + " is no .npy of version 1");
  }
  const auto low = static_cast<unsigned char>(bytes[8]);
  const auto high = static_cast<unsigned char>(bytes[9]);
  const std::size_t start = 10 + low + std::size_t{256} * high;
  std::vector<std::byte> data(bytes.size() - start);
  std::memcpy(data.data(), bytes.data() + start, data.size());
  return data;
}

void write_npy(const std::filesystem::path& file, const Array& a) {
  std::string shape;
  for (const std::int64_t size : a.shape()) shape += fmt::format("{}, ", size);
  std::string header =
      fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': ({}), }}", description_of(a.dtype()), shape);
  header.append(63 - (10 + header.size()) % 64, ' ');
  header += '\n';
  std::vector<char> values(static_cast<std::size_t>(a.size()) * size_of(a.dtype()));
  a.copy_to(values.data());
  std::ofstream stream(file, std::ios::binary);
  stream << magic << '\x01' << '\0' << static_cast<char>(header.size() % 256) << static_cast<char>(header.size() / 256)
         << header;
  stream.write(values.data(), static_cast<std::streamsize>(values.size()));
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace anneal::test
