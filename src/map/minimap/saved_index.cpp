// minimap2 itself reads such a file, too: behind the first index, it looks for another one and finds none.
#include "map/minimap/saved_index.h"

#include <fmt/core.h>

#include <array>
#include <bit>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <memory>
#include <optional>
#include <utility>

#include "anneal/error.h"
#include "io/digest.h"
#include "io/mapped_file.h"
#include "io/open_file.h"
#include "io/output.h"
#include "map/minimap/dump_index.h"
#include "map/minimap/index.h"

namespace anneal {
namespace {

static_assert(std::endian::native == std::endian::little, "minimap2's format has the machine's byte order");

constexpr std::string_view dump_magic = MM_IDX_MAGIC;

struct Seal {
  std::array<char, 8> magic = {'A', 'N', 'N', 'E', 'A', 'L', 'M', '1'};
  std::uint64_t bytes = 0;  // of the dump
  std::array<std::uint64_t, 2> digest = {};

  friend bool operator==(const Seal&, const Seal&) = default;
};

// Hands what C code writes to an Output, and keeps the error where that fails.
class DumpedFile {
 public:
  explicit DumpedFile(io::Output& output)
      : output_(output),
        file_(::fopencookie(this, "w", {.read = nullptr, .write = write, .seek = nullptr, .close = nullptr}),
              std::fclose) {
    if (file_ == nullptr) throw std::bad_alloc();
  }

  std::FILE* file() const { return file_.get(); }

  Seal seal() {
    std::fflush(file_.get());
    if (error_ != nullptr) std::rethrow_exception(error_);
    return {.bytes = bytes_, .digest = digest_.value()};
  }

 private:
  // Always claims success: minimap2 does not look.
  static ssize_t write(void* self, const char* text, std::size_t size) {
    auto& dumped = *static_cast<DumpedFile*>(self);
    try {
      if (dumped.error_ == nullptr) dumped.append({text, size});
    } catch (...) {
      dumped.error_ = std::current_exception();
    }
    return static_cast<ssize_t>(size);
  }

  void append(std::string_view bytes) {
    output_.write(bytes);
    digest_.extend(bytes);
    bytes_ += bytes.size();
  }

  io::Output& output_;
  io::Digest digest_;
  std::uint64_t bytes_ = 0;
  std::exception_ptr error_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

Seal seal_of(std::string_view dump) {
  io::Digest digest;
  digest.extend(dump);
  return {.bytes = dump.size(), .digest = digest.value()};
}

[[noreturn]] void refuse_damaged(const std::string& source) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is damaged or truncated, or an index that anneal did not write; make it again by 'anneal "
                          "index --map'",
                          source));
}

std::string_view bytes_of(const Seal& seal) { return {reinterpret_cast<const char*>(&seal), sizeof seal}; }

// The dump in a file, whose seal is checked.
std::string_view checked_dump(std::string_view bytes, const std::string& source) {
  Seal seal;
  if (bytes.size() >= sizeof seal) {
    const std::string_view dump = bytes.substr(0, bytes.size() - sizeof seal);
    std::memcpy(&seal, bytes.data() + dump.size(), sizeof seal);
    if (seal == seal_of(dump) && dump.starts_with(dump_magic)) return dump;
  }
  refuse_damaged(source);
}

}  // namespace

MapIndex map::load_index(std::string_view bytes, MapPreset preset, const std::string& source) {
  const std::string_view dump = checked_dump(bytes, source);
  const DumpHeader header = header_of(dump);
  check_minimizers(static_cast<int>(header.letters), static_cast<int>(header.window), static_cast<int>(header.flags),
                   preset, source);
  const std::optional<DumpParts> parts = parts_of(dump);
  OwnedIndex minimizers = parts ? index_of(*parts) : nullptr;
  if (minimizers == nullptr) refuse_damaged(source);
  return own(std::move(minimizers), preset, source);
}

std::string map::seal_bytes(std::string_view dump) { return std::string(bytes_of(seal_of(dump))); }

bool MapIndex::is_saved_index(const std::string& path) {
  std::string start(dump_magic.size(), '\0');
  std::ifstream file(path, std::ios::binary);
  return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == dump_magic;
}

MapIndex MapIndex::load(const std::string& path, MapPreset preset) {
  const io::MappedFile file(path);
  return map::load_index(file.bytes(), preset, io::input_name(path));
}

void MapIndex::save(const std::string& path) const {
  io::Output output(path);
  DumpedFile dumped(output);
  mm_idx_dump(dumped.file(), impl_->minimizers.get());
  const Seal seal = dumped.seal();
  output.write(bytes_of(seal));
  output.commit();
}

}  // namespace anneal
