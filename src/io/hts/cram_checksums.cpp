#include "io/hts/cram_checksums.h"

#include <fmt/core.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>
#include <isa-l/crc.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "anneal/error.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

constexpr std::uint64_t file_definition = 26;  // bytes before the first container
constexpr std::size_t crc_size = 4;
constexpr std::size_t usual_header = 512, largest_header = std::size_t{1} << 24;

// Of the CRAM specification 3.0, sections 2.3, 7 and 8.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t byte() {
    if (at_ == bytes_.size()) is_cut_ = true;
    return is_cut_ ? 0 : static_cast<unsigned char>(bytes_[at_++]);
  }
  std::uint32_t little_endian() {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < crc_size; ++i) value |= byte() << (8 * i);
    return value;
  }
  // As many bytes follow the first one as it has leading ones; 4 at most.
  std::uint32_t itf8() {
    const std::uint32_t first = byte();
    if (first < 0x80) return first;
    if (first < 0xc0) return (first & 0x3f) << 8 | byte();
    std::uint32_t value = first < 0xe0 ? first & 0x1f : first & 0x0f;
    for (int more = first < 0xe0 ? 2 : 3; more > 0; --more) value = value << 8 | byte();
    return first < 0xf0 ? value : value << 4 | (byte() & 0x0f);
  }
  void skip_ltf8() {
    for (std::uint32_t first = byte(); (first & 0x80) != 0; first <<= 1) byte();
  }

  std::size_t position() const { return at_; }
  bool is_cut() const { return is_cut_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool is_cut_ = false;
};

std::uint32_t crc_of_bytes(std::string_view bytes, std::uint32_t of_those_before = 0) {
  return crc32_gzip_refl(of_those_before, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

struct Container {
  std::uint64_t header_size = 0;
  std::uint64_t length = 0;  // behind the header
  std::uint32_t blocks = 0;
  std::vector<std::uint32_t> slices;  // where they begin, from the header's end
  bool is_whole = false;              // false where its checksum is wrong
};

// Nothing where the header is longer than these bytes.
std::optional<Container> parse_container(std::string_view bytes) {
  Fields fields(bytes);
  Container container{.length = fields.little_endian()};
  for (int i = 0; i < 4; ++i) fields.itf8();  // reference, begin, span, records
  fields.skip_ltf8();                         // records before
  fields.skip_ltf8();                         // letters
  container.blocks = fields.itf8();
  for (std::uint32_t slices = fields.itf8(); slices > 0 && !fields.is_cut(); --slices) {
    container.slices.push_back(fields.itf8());
  }
  const std::size_t size = fields.position();
  if (fields.is_cut() || bytes.size() < size + crc_size) return std::nullopt;
  container.header_size = size + crc_size;
  container.is_whole = Fields(bytes.substr(size)).little_endian() == crc_of_bytes(bytes.substr(0, size));
  return container;
}

}  // namespace

// Threads have two slices each to do, and one is read.
CramChecksums::CramChecksums(const InputFile& file, int threads)
    : file_(file), most_ahead_(2 * static_cast<std::size_t>(threads) + 2), next_(file_definition) {
  constexpr int first_with_checksums = 3;
  if (file.path() == "-" || !file.is_seekable() || file.format().version.major < first_with_checksums) return;
  descriptor_ = open_file(file.path());
  struct stat status{};
  if (::fstat(descriptor_.get(), &status) == 0) file_bytes_ = static_cast<std::uint64_t>(status.st_size);
}

void CramChecksums::check_next() {
  if (!descriptor_.is_open()) return;
  const auto now = static_cast<std::uint64_t>(htell(cram_fd_get_fp(file_.get()->fp.cram)));
  while (!ahead_.empty() && ahead_.front() < now) ahead_.pop_front();
  while (ahead_.size() < most_ahead_ && !is_over_) {
    is_over_ = bytes_at(next_, 1).empty();
    if (is_over_) return;
    if (next_ >= now) ahead_.push_back(next_);
    next_ = check_container(next_);
  }
}

std::uint64_t CramChecksums::check_container(std::uint64_t place) const {
  if (!descriptor_.is_open()) return place;
  auto container = parse_container(bytes_at(place, usual_header));
  if (!container) container = parse_container(bytes_at(place, largest_header));
  if (!container || !container->is_whole) refuse(place);
  const std::uint64_t behind = place + container->header_size;
  const std::uint64_t end = behind + container->length;
  if (container->blocks > 0) check_block(behind, end);
  for (const std::uint32_t slice : container->slices) {
    if (slice > 0) check_block(behind + slice, end);
  }
  return end;
}

// `end` of the container, in which it has to lie.
void CramChecksums::check_block(std::uint64_t place, std::uint64_t end) const {
  const std::string begin = bytes_at(place, usual_header);
  Fields fields(begin);
  fields.byte();  // method
  fields.byte();  // content
  fields.itf8();
  const std::uint64_t stored = fields.itf8();
  fields.itf8();
  const std::uint64_t size = fields.position() + stored;
  if (fields.is_cut() || place > end || size + crc_size > end - place) refuse(place);
  const std::string crc = bytes_at(place + size, crc_size);
  if (crc.size() < crc_size || Fields(crc).little_endian() != crc_of(place, size)) refuse(place);
}

// Some of the bytes may be missing, which is noticed by those behind them.
std::uint32_t CramChecksums::crc_of(std::uint64_t place, std::uint64_t size) const {
  constexpr std::uint64_t piece = std::uint64_t{1} << 20;
  std::uint32_t crc = 0;
  for (const std::uint64_t end = place + size; place < end; place += piece) {
    crc = crc_of_bytes(bytes_at(place, static_cast<std::size_t>(std::min(piece, end - place))), crc);
  }
  return crc;
}

std::string CramChecksums::bytes_at(std::uint64_t place, std::size_t size) const {
  // What is damaged may ask for far more than there is.
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(size, file_bytes_ - std::min(place, file_bytes_))),
                    '\0');
  const ssize_t count = ::pread(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(place));
  bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return bytes;
}

void CramChecksums::refuse(std::uint64_t place) const {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is damaged: the checksum of what begins at byte {} is wrong; make the file again",
                          file_.name(), place));
}

}  // namespace anneal::io::hts
