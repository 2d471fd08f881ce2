#include "io/file_source.h"

#include <cerrno>

#include "io/open_file.h"

namespace anneal::io {

FileSource::FileSource(const std::string& path) : name_(input_name(path)), file_(open_file(path)) {}

std::size_t FileSource::read(std::span<char> buffer) {
  while (true) {
    const ssize_t count = ::read(file_.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse_file("read", name_, errno);
    bytes_taken_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }
}

}  // namespace anneal::io
