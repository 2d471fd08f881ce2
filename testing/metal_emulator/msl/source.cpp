#include "msl/source.h"

#include "msl/lexer.h"

namespace metal_emulator {

Source::Source(std::string text) : text_(std::move(text)), tokens_(tokens_of(text_)) {
  end_.begin = end_.end = text_.size();
}

bool Source::opens_attribute(std::size_t place) const {
  return is(place, "[") && is(place + 1, "[") && tokens_[place].end == tokens_[place + 1].begin;
}

std::size_t Source::closing(std::size_t place) const {
  const std::string_view open = (*this)[place].text;
  const std::string_view close = open == "(" ? ")" : open == "[" ? "]" : open == "{" ? "}" : ">";
  int depth = 0;
  for (std::size_t k = place; k < size(); ++k) {
    if (is(k, open)) ++depth;
    if (is(k, close) && --depth == 0) return k;
  }
  std::string what(open);
  fail(place, what.append(" is not closed"));
}

std::size_t Source::opening(std::size_t place) const {
  int depth = 0;
  for (std::size_t k = place; k > 0; --k) {
    if (is(k, ")")) ++depth;
    if (is(k, "(") && --depth == 0) return k;
  }
  return 0;
}

std::size_t Source::find(std::size_t place, std::string_view text) const {
  for (std::size_t k = place; k < size(); ++k) {
    if (is(k, text)) return k;
    if (is(k, "(") || is(k, "[") || is(k, "{")) k = closing(k);
  }
  fail(place, "expected " + std::string(text) + " after this");
}

std::string Source::text(std::size_t first, std::size_t end) const {
  if (first >= end) return "";
  const std::size_t begin = (*this)[first].begin;
  return text_.substr(begin, (*this)[end - 1].end - begin);
}

void Source::fail(std::size_t place, const std::string& what) const {
  const Token& token = (*this)[place];
  throw SourceError(described_place(text_, token.begin) + ": error: " + what);
}

}  // namespace metal_emulator
