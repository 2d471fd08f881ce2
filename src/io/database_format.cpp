#include "io/database_format.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/digest.h"
#include "io/file_descriptor.h"
#include "io/packed_letters.h"

namespace anneal::io {

PartLayout::PartLayout(std::uint64_t begin, const PartEntry& entry)
    : letters(begin), names(next_page(letters + entry.letter_bytes)), comments(next_page(names + entry.name_bytes)),
      records(next_page(comments + entry.comment_bytes)),
      runs(next_page(records + entry.sequences * sizeof(PlacedRecord))),
      end(next_page(runs + entry.runs * sizeof(LetterRun))) {}

DigestValue digest_of(std::string_view bytes) {
  Digest digest;
  digest.extend(bytes);
  return digest.value();
}

DigestValue digest_of(const DatabaseHeader& header) {
  return digest_of(bytes_of_value(header).substr(0, offsetof(DatabaseHeader, digest)));
}

bool is_index(const std::string& path) {
  const char* const name = path == "-" ? "/dev/stdin" : path.c_str();
  struct stat status{};
  // A named pipe must not be opened twice: what writes to it would find it closed in between.
  if (::stat(name, &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const FileDescriptor file(::open(name, O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return false;
  std::array<char, index_magic.size()> head{};
  const ssize_t count = ::pread(file.get(), head.data(), head.size(), 0);
  return count > 0 && index_magic.starts_with(std::string_view(head.data(), static_cast<std::size_t>(count)));
}

}  // namespace anneal::io
