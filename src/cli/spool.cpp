#include "cli/spool.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "anneal/error.h"

namespace anneal::cli {
namespace {

class SpooledSource final : public io::ByteSource {
 public:
  SpooledSource(const std::string& name, const io::NamelessFile& file) : name_(name), file_(file) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = file_.read(offset_, buffer);
    offset_ += count;
    return count;
  }
  std::uint64_t bytes_taken() const override { return offset_; }
  const std::string& name() const override { return name_; }

 private:
  const std::string& name_;
  const io::NamelessFile& file_;
  std::uint64_t offset_ = 0;
};

}  // namespace

bool needs_spool(const std::string& path) {
  struct stat status = {};
  const bool known = path == "-" ? fstat(STDIN_FILENO, &status) == 0 : stat(path.c_str(), &status) == 0;
  if (!known) return false;
  return path == "-" || !(S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

Spool::Spool(io::ByteSource& source, const std::stop_token& stop) : name_(source.name()) {
  std::vector<char> buffer(std::size_t{1} << 18);
  while (const std::size_t count = source.read(buffer)) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    file_.append({buffer.data(), count});
  }
}

std::unique_ptr<io::ByteSource> Spool::open() const { return std::make_unique<SpooledSource>(name_, file_); }

}  // namespace anneal::cli
