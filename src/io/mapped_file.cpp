#include "io/mapped_file.h"

#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "anneal/error.h"
#include "io/open_file.h"

namespace anneal::io {

MappedFile::MappedFile(const std::string& path) {
  const FileDescriptor file = open_file(path);
  const std::string name = input_name(path);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) refuse_file("open", name, errno);
  if (!S_ISREG(status.st_mode)) {
    throw Error(ErrorCode::io, fmt::format("cannot map {} into memory: it is no regular file; give a file", name));
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;  // which mmap() refuses
  void* const mapped = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (mapped == MAP_FAILED) refuse_file("map", name, errno);
  data_ = static_cast<const char*>(mapped);
}

void MappedFile::let_go(std::size_t begin, std::size_t size) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t first = (begin + page - 1) / page * page;
  const std::size_t end = (begin + size) / page * page;
  if (first >= end) return;
  // A hint: where it fails, nothing is lost.
  ::madvise(const_cast<char*>(data_) + first, end - first, MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace anneal::io
