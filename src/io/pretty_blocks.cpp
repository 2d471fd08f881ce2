#include "io/pretty_blocks.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/append_format.h"
#include "io/cigar_stats.h"

namespace anneal::io {
namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";
constexpr int columns_per_block = 60;

// The colour of a column, or nothing for the terminal's own.
std::string_view color_of(char query, char middle, char target) {
  if (query == '-' || target == '-') return "\x1b[36m";
  switch (middle) {
    case '|':
      return "\x1b[32m";
    case '+':
      return "\x1b[33m";
    default:
      return "\x1b[31m";
  }
}

std::string percent(std::int64_t count, std::int64_t total) {
  return fmt::format("{}/{} ({:.1f}%)", count, total, 100.0 * static_cast<double>(count) / static_cast<double>(total));
}

int digits_of(std::int64_t number) { return static_cast<int>(std::to_string(number).size()); }

// Prints the columns, a block of rows at a time.
class BlockPrinter {
 public:
  BlockPrinter(std::string& text, const PrettyColumns& columns, int width, bool color)
      : text_(text), columns_(columns), width_(width), color_(color) {}

  // One sequence and how far it has been printed.
  struct Row {
    std::string_view label;
    const std::string& letters;
    std::int64_t position;   // of the next letter, from 1
    std::int64_t direction;  // -1 where positions fall along the alignment
  };

  void append_row(Row& row, std::size_t first) {
    const std::string_view letters = std::string_view(row.letters).substr(first, columns_per_block);
    const auto taken = static_cast<std::int64_t>(letters.size()) - std::count(letters.begin(), letters.end(), '-');
    const std::int64_t next = row.position + row.direction * taken;
    // A row of nothing but gaps shows the letter before them at both ends.
    const std::int64_t last = next - row.direction;
    base::append_format(text_, "{}  {:>{}}  ", row.label, taken > 0 ? row.position : last, width_);
    append_letters(letters, first);
    base::append_format(text_, "  {}\n", last);
    row.position = next;
  }

  void append_middle(std::size_t label_size, std::size_t first) {
    constexpr std::size_t blanks_around_position = 4;
    text_.append(label_size + static_cast<std::size_t>(width_) + blanks_around_position, ' ');
    append_letters(std::string_view(columns_.middle).substr(first, columns_per_block), first);
    text_ += '\n';
  }

 private:
  void append_letters(std::string_view letters, std::size_t first) {
    if (!color_) {
      text_ += letters;
      return;
    }
    std::string_view current;
    for (std::size_t i = 0; i < letters.size(); ++i) {
      const std::size_t column = first + i;
      const auto color = color_of(columns_.query[column], columns_.middle[column], columns_.target[column]);
      if (color != current) text_ += color;
      current = color;
      text_ += letters[i];
    }
    text_ += plain;
  }

  std::string& text_;
  const PrettyColumns& columns_;
  int width_;
  bool color_;
};

}  // namespace

void append_bold(std::string& text, std::string_view value, bool color) {
  if (color) text += bold;
  text += value;
  if (color) text += plain;
}

void append_statistics(std::string& text, const AlignedPair& record, const PrettyColumns& columns) {
  const CigarStats stats = count_columns(record.cigar);
  base::append_format(text, "Identities {}", percent(stats.matches, stats.columns()));
  if (record.matrix.alphabet() == Alphabet::protein) {
    base::append_format(text, "  Positives {}", percent(count_positives(columns), stats.columns()));
  }
  base::append_format(text, "  Gaps {}", percent(stats.insertions + stats.deletions, stats.columns()));
  if (record.matrix.alphabet() == Alphabet::dna) {
    base::append_format(text, "  Strand {}", record.reverse ? "minus/plus" : "plus/plus");
  }
}

void append_blocks(std::string& text, const AlignedPair& record, const PrettyColumns& columns, bool color) {
  const Interval query_part = query_interval(record);
  const std::int64_t query_begin = record.reverse ? query_part.end : std::int64_t{query_part.begin} + 1;
  BlockPrinter::Row query{"Query ", columns.query, query_begin, record.reverse ? -1 : 1};
  BlockPrinter::Row target{"Target", columns.target, std::int64_t{record.alignment.target_begin} + 1, 1};
  BlockPrinter printer(text, columns, digits_of(std::max(query_part.end, record.alignment.target_end)), color);
  for (std::size_t first = 0; first < columns.middle.size(); first += columns_per_block) {
    text += '\n';
    printer.append_row(query, first);
    printer.append_middle(query.label.size(), first);
    printer.append_row(target, first);
  }
}

}  // namespace anneal::io
