#include "io/hts/sam_text.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <cerrno>
#include <memory>
#include <new>

#include "anneal/error.h"
#include "io/byte_source.h"
#include "io/hts/sam_record.h"
#include "io/open_file.h"
#include "io/whole_lines.h"

namespace anneal::io::hts {
namespace {

// Small, as hread() waits until the buffer is full.
constexpr std::size_t block_size = std::size_t{64} << 10;

// The text of a file, decompressed by its threads.
class TextSource final : public ByteSource {
 public:
  explicit TextSource(const InputFile& file) : file_(file) {}

  std::size_t read(std::span<char> buffer) override {
    const ssize_t count = read_some(buffer);
    if (count < 0) refuse();
    if (count == 0) file_.check_end();
    bytes_ += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  }

  std::uint64_t bytes_taken() const override { return bytes_; }
  const std::string& name() const override { return file_.name(); }

 private:
  ssize_t read_some(std::span<char> buffer) const {
    errno = 0;
    return file_.get()->is_bgzf ? bgzf_read(file_.get()->fp.bgzf, buffer.data(), buffer.size())
                                : hread(file_.get()->fp.hfile, buffer.data(), buffer.size());
  }

  [[noreturn]] void refuse() const {
    if (!file_.get()->is_bgzf) refuse_file("read", file_.name(), errno);
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} is truncated or damaged behind {} bytes of its text; make it again", file_.name(), bytes_));
  }

  const InputFile& file_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

SamText::SamText(const InputFile& file)
    : file_(file), lines_(with_whole_lines(std::make_unique<TextSource>(file)), block_size) {}

AlignmentHeader SamText::read_header() {
  Text text;
  while (lines_.peek() == '@') {
    read_line();
    if (!text.append(line_.view()) || !text.append("\n")) throw std::bad_alloc();
  }
  try {
    return AlignmentHeader::parse(text.view());
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", file_.name(), error.what()));
  }
}

bool SamText::read(bam1_t* bam, sam_hdr_t* header) {
  if (!read_line()) return false;
  const std::string problem = parse_sam_record(line_, header, bam);
  if (problem.empty()) return true;
  throw Error(ErrorCode::invalid_input, fmt::format("line {} of {} {}", line_number_, file_.name(), problem));
}

bool SamText::read_line() {
  line_.clear();
  if (lines_.peek() == LineReader::end_of_input) return false;
  ++line_number_;
  for (bool whole = false; !whole;) {
    const LineReader::Piece piece = lines_.next();
    if (!line_.append(piece.text)) throw std::bad_alloc();
    whole = piece.ends_line;
  }
  return true;
}

}  // namespace anneal::io::hts
