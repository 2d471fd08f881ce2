#include "io/output.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "io/disk_sync.h"
#include "io/output_path.h"

namespace anneal::io {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20;

std::string_view fix_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "free some space or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a place that you may write to";
    case EPIPE:
      return "what reads it has ended";
    case ENOENT:
    case ENOTDIR:
      return "create the folder first or choose another one";
    default:
      return "check the path and its disk";
  }
}

}  // namespace

Output::Output(const std::string& path) {
  const OutputPath place = resolve_output(path);
  name_ = place.name;
  if (place.kind == OutputPath::descriptor) {
    file_ = FileDescriptor(::fcntl(place.number, F_DUPFD_CLOEXEC, 0));
  } else if (place.kind == OutputPath::in_place) {
    file_ = FileDescriptor(::open(place.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  } else {
    open_temporary(place.path);
  }
  if (!file_.is_open()) fail("open", errno);
}

Output::~Output() {
  if (!temporary_path_.empty()) ::unlink(temporary_path_.c_str());
}

void Output::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > buffer_size) flush();
  if (bytes.size() >= buffer_size) {
    write_out(bytes);
  } else {
    buffer_.reserve(buffer_size);  // not before, as what is duplicated is written without it
    buffer_.append(bytes);
  }
}

void Output::overwrite(std::uint64_t begin, std::string_view bytes) {
  flush();
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(begin));
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
      begin += static_cast<std::uint64_t>(count);
    } else if (errno != EINTR) {
      fail("write", errno);
    }
  }
}

void Output::flush() {
  write_out(buffer_);
  buffer_.clear();
}

void Output::commit() {
  flush();
  if (!file_.close()) fail("write", errno);
  if (temporary_path_.empty()) return;
  if (std::rename(temporary_path_.c_str(), final_path_.c_str()) != 0) fail("create", errno);
  temporary_path_.clear();
}

void Output::commit_to_disk() {
  flush();
  if (!sync_file(file_.get())) fail("write", errno);
  commit();
  if (final_path_.empty()) return;
  if (!sync_folder(std::filesystem::path(final_path_).parent_path().string())) fail("write", errno);
}

int Output::duplicate() const {
  const int descriptor = ::fcntl(file_.get(), F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) fail("open", errno);
  return descriptor;
}

bool Output::is_terminal() const { return ::isatty(file_.get()) == 1; }

void Output::open_temporary(const std::string& final_path) {
  final_path_ = final_path;
  struct stat existing{};
  const bool exists = ::stat(final_path.c_str(), &existing) == 0;
  if (exists && ::access(final_path.c_str(), W_OK) != 0) fail("overwrite", errno);

  constexpr mode_t all_may_read_and_write = 0666;  // less what the umask takes away
  for (int attempt = 0; !file_.is_open(); ++attempt) {
    const std::string candidate = temporary_name(final_path, attempt);
    file_ = FileDescriptor(::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, all_may_read_and_write));
    if (file_.is_open()) temporary_path_ = candidate;
    if (!file_.is_open() && errno != EEXIST) fail("create", errno);
  }
  constexpr mode_t permission_bits = 07777;
  if (exists && ::fchmod(file_.get(), existing.st_mode & permission_bits) != 0) {
    const int error = errno;
    ::unlink(temporary_path_.c_str());
    fail("create", error);
  }
}

void Output::write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_.get(), bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      fail("write", errno);
    }
  }
}

void Output::fail(std::string_view action, int error) const {
  const std::string message = fmt::format("cannot {} {}: {}; {}", action, name_, std::strerror(error), fix_for(error));
  if (error == EPIPE) throw BrokenPipe(ErrorCode::io, message);
  throw Error(ErrorCode::io, message);
}

}  // namespace anneal::io
