// Preprocessed MSL as tokens. Places are token numbers.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace metal_emulator {

struct Token {
  std::string_view text;
  std::size_t begin, end;  ///< in the source
  bool is_word;            ///< an identifier or a keyword
};

/// "program_source:12:5: error: what is wrong", as Metal's compiler says it.
class SourceError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Source {
 public:
  explicit Source(std::string text);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  std::size_t size() const { return tokens_.size(); }
  /// Beyond the last one, an empty one.
  const Token& operator[](std::size_t place) const { return place < tokens_.size() ? tokens_[place] : end_; }

  bool is(std::size_t place, std::string_view text) const { return (*this)[place].text == text; }
  bool is_word(std::size_t place) const { return (*this)[place].is_word; }
  /// Whether two brackets that open an attribute stand there.
  bool opens_attribute(std::size_t place) const;
  /// Where the parenthesis, bracket, brace or angle bracket that opens at `place` is closed.
  std::size_t closing(std::size_t place) const;
  /// Where the parenthesis that closes at `place` is opened; 0 where it is not.
  std::size_t opening(std::size_t place) const;
  /// The first place from `place` on with that text outside all parentheses, brackets and braces.
  std::size_t find(std::size_t place, std::string_view text) const;

  /// The text of places first .. end - 1.
  std::string text(std::size_t first, std::size_t end) const;
  const std::string& all() const { return text_; }

  [[noreturn]] void fail(std::size_t place, const std::string& what) const;

 private:
  std::string text_;
  std::vector<Token> tokens_;
  Token end_{};
};

}  // namespace metal_emulator
