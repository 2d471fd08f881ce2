#include "io/hts/hts_source.h"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <cerrno>
#include <utility>

#include "anneal/error.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

class HtsSource final : public ByteSource {
 public:
  explicit HtsSource(std::shared_ptr<InputFile> file) : file_(std::move(file)) {}

  std::size_t read(std::span<char> buffer) override {
    htsFile* const file = file_->get();
    const bool is_plain = file->format.compression == no_compression;
    errno = 0;
    const ssize_t count = is_plain ? hread(file->fp.hfile, buffer.data(), buffer.size())
                                   : bgzf_read(file->fp.bgzf, buffer.data(), buffer.size());
    if (count < 0 && is_plain) refuse_file("read", name(), errno == 0 ? EIO : errno);
    if (count < 0) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is damaged or truncated; copy or compress it again", name()));
    }
    if (count == 0) file_->check_end();
    bytes_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }
  std::uint64_t bytes_taken() const override { return bytes_; }
  const std::string& name() const override { return file_->name(); }

 private:
  std::shared_ptr<InputFile> file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> make_source(std::shared_ptr<InputFile> file) {
  return std::make_unique<HtsSource>(std::move(file));
}

}  // namespace anneal::io::hts
