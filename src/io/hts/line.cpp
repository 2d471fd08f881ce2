#include "io/hts/line.h"

#include <htslib/hfile.h>

#include <cstring>
#include <new>

namespace anneal::io::hts {

int Line::read(htsFile* file) {
  string_.l = 0;
  return file->format.compression == no_compression ? read_plain(file) : read_compressed(file->fp.bgzf);
}

int Line::read_plain(htsFile* file) {
  const off_t begin = htell(file->fp.hfile);
  const int result = hts_getline(file, '\n', &string_);
  if (result < 0) return result == at_end ? at_end : damaged;
  const bool has_end = htell(file->fp.hfile) - begin > static_cast<off_t>(string_.l);
  return has_end ? result : cut;
}

// htslib's own function does not tell whether the line has an end.
int Line::read_compressed(BGZF* file) {
  for (bool has_end = false; !has_end;) {
    const int next = bgzf_peek(file);
    if (next == at_end) return string_.l == 0 ? at_end : cut;
    if (next < 0) return damaged;
    const char* const block = static_cast<const char*>(file->uncompressed_block) + file->block_offset;
    const auto size = static_cast<std::size_t>(file->block_length - file->block_offset);
    const void* const end = std::memchr(block, '\n', size);
    has_end = end != nullptr;
    const std::size_t taken = has_end ? static_cast<std::size_t>(static_cast<const char*>(end) - block) + 1 : size;
    if (ks_resize(&string_, string_.l + taken + 1) < 0) throw std::bad_alloc();
    if (bgzf_read(file, string_.s + string_.l, taken) != static_cast<ssize_t>(taken)) return damaged;
    string_.l += taken;
  }
  --string_.l;
  if (text().ends_with('\r')) --string_.l;
  string_.s[string_.l] = '\0';
  return 0;
}

}  // namespace anneal::io::hts
