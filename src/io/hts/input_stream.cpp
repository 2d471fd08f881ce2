#include "io/hts/input_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/hts/file.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

class StreamSource final : public ByteSource {
 public:
  explicit StreamSource(InputStream input) : input_(std::move(input)) {}

  std::size_t read(std::span<char> buffer) override {
    errno = 0;
    const ssize_t count = hread(input_.stream.get(), buffer.data(), buffer.size());
    if (count < 0) refuse_file("read", name(), errno == 0 ? EIO : errno);
    bytes_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }
  std::uint64_t bytes_taken() const override { return bytes_; }
  const std::string& name() const override { return input_.name; }

 private:
  InputStream input_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Stream open_stream(int descriptor, const char* mode) {
  Stream stream(hdopen(descriptor, mode));
  if (stream != nullptr) return stream;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return nullptr;
}

InputStream::InputStream(const std::string& given) : path(given), name(input_name(given)) {
  keep_quiet();
  const FileDescriptor descriptor = open_file(path);
  const int own = ::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, 0);
  if (own < 0) refuse_file("read", name, errno);
  is_seekable = ::lseek(own, 0, SEEK_CUR) >= 0;
  stream = open_stream(own, "r");
  if (stream == nullptr) refuse_file("read", name, errno);
}

htsFormat InputStream::detect_format() const {
  htsFormat format{};
  errno = 0;
  if (hts_detect_format2(stream.get(), path.c_str(), &format) != 0) {
    refuse_file("read", name, errno == 0 ? EIO : errno);
  }
  return format;
}

bool is_alignments(const htsFormat& format) {
  return format.format == sam || format.format == bam || format.format == cram;
}

bool is_variants(const htsFormat& format) { return format.format == vcf || format.format == bcf; }

std::unique_ptr<ByteSource> make_source(InputStream input) { return std::make_unique<StreamSource>(std::move(input)); }

}  // namespace anneal::io::hts
