#include "io/hts/sam_text.h"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>

#include "anneal/error.h"
#include "base/text.h"
#include "io/byte_source.h"
#include "io/hts/sam_line.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

// Small, as hread() waits until the buffer is full.
constexpr std::size_t block_size = std::size_t{64} << 10;

// The text of a file, decompressed by its threads, of which the last line must have an end.
class TextSource final : public ByteSource {
 public:
  explicit TextSource(const InputFile& file) : file_(file) {}

  std::size_t read(std::span<char> buffer) override {
    const ssize_t count = read_some(buffer);
    if (count > 0) {
      last_ = buffer[static_cast<std::size_t>(count) - 1];
      bytes_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (count < 0) refuse();
    file_.check_end();
    if (last_ != '\n') {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} ends within a line: it was truncated; make it again", file_.name()));
    }
    return 0;
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
  char last_ = '\n';
};

// Of a line in which htslib has made some tabs to zeros.
std::string_view field(std::string_view line, int index) {
  constexpr std::string_view ends("\t\0", 2);
  for (; index > 0; --index) line.remove_prefix(std::min(line.find_first_of(ends), line.size() - 1) + 1);
  return line.substr(0, line.find_first_of(ends));
}

}  // namespace

SamText::SamText(const InputFile& file) : file_(file), lines_(std::make_unique<TextSource>(file), block_size) {}

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
  check_fields();
  if (sam_parse1(line_.get(), header, bam) < 0) {
    refuse(
        "is not what SAM allows: it has to have 11 fields behind tabs, as many qualities and CIGAR letters as "
        "letters, and tags such as NM:i:0");
  }
  check_references(bam, header);
  return true;
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

// htslib takes parts of numbers, and numbers for bases, for what was meant.
void SamText::check_fields() const {
  const std::string defect = defect_of_sam_line(line_.view());
  if (defect.empty()) return;
  refuse(fmt::format("(record {}) is not what SAM allows: {}", base::quote(field(line_.view(), 0)), defect));
}

// htslib takes a sequence that the header lacks for none.
void SamText::check_references(const bam1_t* bam, sam_hdr_t* header) const {
  if (bam->core.tid >= 0 && bam->core.mtid >= 0) return;
  constexpr int reference_field = 2, mate_field = 6;
  for (const int index : {reference_field, mate_field}) {
    const std::string name(field(line_.view(), index));
    if (name == "*" || name == "=" || sam_hdr_name2tid(header, name.c_str()) >= 0) continue;
    refuse(fmt::format("names the sequence {}, which the header lacks; add its @SQ line", base::quote(name)));
  }
}

void SamText::refuse(const std::string& problem) const {
  throw Error(ErrorCode::invalid_input, fmt::format("line {} of {} {}", line_number_, file_.name(), problem));
}

}  // namespace anneal::io::hts
