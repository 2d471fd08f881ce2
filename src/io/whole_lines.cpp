#include "io/whole_lines.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"

namespace anneal::io {
namespace {

class CheckedSource final : public ByteSource {
 public:
  explicit CheckedSource(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}

  std::size_t read(std::span<char> buffer) override {
    const std::size_t count = source_->read(buffer);
    if (count > 0) {
      last_ = buffer[count - 1];
    } else if (last_ != '\n') {
      refuse_cut_line(name());
    }
    return count;
  }
  std::uint64_t bytes_taken() const override { return source_->bytes_taken(); }
  const std::string& name() const override { return source_->name(); }

 private:
  std::unique_ptr<ByteSource> source_;
  char last_ = '\n';
};

}  // namespace

void refuse_cut_line(std::string_view name) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} ends within a line, as what was truncated does: copy or make it again, or end its last "
                          "line if that is whole",
                          name));
}

std::unique_ptr<ByteSource> with_whole_lines(std::unique_ptr<ByteSource> source) {
  return std::make_unique<CheckedSource>(std::move(source));
}

WholeLines::WholeLines(std::unique_ptr<ByteSource> source, std::size_t block_size)
    : lines_(with_whole_lines(std::move(source)), block_size) {}

bool WholeLines::next(std::string_view& line) {
  if (lines_.peek() == LineReader::end_of_input) return false;
  LineReader::Piece piece = lines_.next();
  line = piece.text;
  if (piece.ends_line) return true;
  joined_ = piece.text;
  while (!piece.ends_line) {
    piece = lines_.next();
    joined_ += piece.text;
  }
  line = joined_;
  return true;
}

}  // namespace anneal::io
