#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "anneal/error.h"
#include "anneal/scoring.h"

namespace anneal {
namespace {

using namespace std::string_literals;

SubstitutionMatrix parse(std::string_view text) { return SubstitutionMatrix::parse(text, "file.mat", Alphabet::dna); }

std::string error_of(std::string_view text) {
  try {
    parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    return error.what();
  }
  return "no error";
}

TEST(MatrixParser, ReadsTheFormat) {
  const auto matrix = parse("# comment\n\n   A  c *\n#\nA  1 -2 3\n c 4 5\t6\n* -128 127 0");
  EXPECT_EQ(matrix.name(), "file.mat");
  EXPECT_EQ(matrix.letters(), "AC*");
  const int expected[3][3] = {{1, -2, 3}, {4, 5, 6}, {-128, 127, 0}};
  for (int query = 0; query < 3; ++query) {
    for (int target = 0; target < 3; ++target) EXPECT_EQ(matrix.score(query, target), expected[query][target]);
  }
  EXPECT_EQ(matrix.lowest(), -128);
  EXPECT_EQ(matrix.highest(), 127);
}

TEST(MatrixParser, TakesRowsInAnyOrder) {
  const auto matrix = parse("A C\nC 3 4\nA 1 2\n");
  EXPECT_EQ(matrix.score(0, 0), 1);
  EXPECT_EQ(matrix.score(0, 1), 2);
  EXPECT_EQ(matrix.score(1, 0), 3);
  EXPECT_EQ(matrix.score(1, 1), 4);
}

TEST(MatrixParser, TakesWindowsLineEnds) { EXPECT_EQ(parse("# c\r\n A C\r\nA 1 2\r\n\r\nC 3 4\r\n").score(1, 1), 4); }

TEST(MatrixParser, TakesAsManyLettersAsThereAre) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  std::string header;
  std::string scores;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    header += {letters[i], ' '};
    scores.append(" ").append(std::to_string(i));
  }
  std::string rows;
  for (const char letter : letters) rows += letter + scores + "\n";
  const auto matrix = SubstitutionMatrix::parse(header + "\n" + rows, "m", Alphabet::protein);
  EXPECT_EQ(matrix.size(), 27);
  EXPECT_EQ(matrix.score(26, 26), 26);
}

TEST(MatrixParser, NamesTheLineOfWhatIsWrong) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "file.mat: no matrix: a line of column letters and one line per letter are needed"},
      {"# only\n\n", "file.mat: no matrix: a line of column letters and one line per letter are needed"},
      {"A C\nA 1 2\nC 3\n", "file.mat: line 3: row 'C' has 1 scores: 2 are needed, one per column of line 1"},
      {"A C\nA 1 2 3\n", "file.mat: line 2: row 'A' has 3 scores: 2 are needed, one per column of line 1"},
      {"A C\nA\n", "file.mat: line 2: row 'A' has 0 scores: 2 are needed, one per column of line 1"},
      {"#\nA C a\n", "file.mat: line 2: column 'A' is there twice: remove one"},
      {"A C\nA 1 2\na 1 2\n", "file.mat: line 3: row 'A' is there twice: remove one"},
      {"A C\nA 1 2\n", "file.mat: no row for 'C', a column of line 1: the table must be square"},
      {"A C\n", "file.mat: no row for 'A', a column of line 1: the table must be square"},
      {"A C\nA 1 2\nC 3 4\nG 5 6\n", "file.mat: line 4: row 'G' has no column in line 1: the table must be square"},
      {"A C\nA 1 x\n", "file.mat: line 2: score 'x' in row 'A', column 'C': give an integer from -128 to 127"},
      {"A C\nA 1.0 2\n", "file.mat: line 2: score '1.0' in row 'A', column 'A': give an integer from -128 to 127"},
      {"A C\nA 128 2\n", "file.mat: line 2: score '128' in row 'A', column 'A': give an integer from -128 to 127"},
      {"A C\nA 1 -129\n", "file.mat: line 2: score '-129' in row 'A', column 'C': give an integer from -128 to 127"},
      {"A CG\n", "file.mat: line 1: column 'CG' is no letter: allowed are A-Z, a-z and *"},
      {"A -\n", "file.mat: line 1: column '-' is no letter: allowed are A-Z, a-z and *"},
      {"A C\n1 2 3\n", "file.mat: line 2: row '1' is no letter: allowed are A-Z, a-z and *"},
      {"A C\nA 1\0 2\n"s, "file.mat: line 2: a NUL byte: a matrix file is plain text"},
      {"# \0\nA\nA 1\n"s, "file.mat: line 1: a NUL byte: a matrix file is plain text"},
      {"A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A A",
       "file.mat: line 1: 33 columns: at most 32 letters are allowed"},
      {"\xef\xbb\xbf"
       "A\nA 1\n",
       "file.mat: line 1: column '\xef\xbb\xbf"
       "A' is no letter: allowed are A-Z, a-z and *"},
  };
  for (const auto& [text, what] : cases) EXPECT_EQ(error_of(text), what) << text;
}

}  // namespace
}  // namespace anneal
