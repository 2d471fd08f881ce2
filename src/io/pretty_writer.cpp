#include "io/pretty_writer.h"

#include "base/append_format.h"
#include "io/pretty_blocks.h"

namespace anneal::io {
namespace {

// What is known without a path: the score, and coordinates where they were computed.
void append_short_summary(std::string& text, const AlignedPair& record) {
  const Alignment& alignment = record.alignment;
  if (alignment.status == Status::unaligned) {
    text += "No alignment: the best local score is 0\n";
    return;
  }
  if (alignment.status == Status::outside_band) {
    text += "No alignment: no path lies inside the band\n";
    return;
  }
  base::append_format(text, "Score {}", alignment.score);
  if (alignment.query_end >= 0) {
    const Interval query = query_interval(record);
    base::append_format(text, "  {} at query {}, target {}", record.reverse ? "Begins (minus strand)" : "Ends",
                        record.reverse ? query.begin + 1 : query.end, alignment.target_end);
  }
  text += '\n';
}

void append_second_best(std::string& text, const SecondBest& second) {
  if (second.score == 0) {
    text += "No second-best alignment ends far enough from the best\n";
  } else {
    base::append_format(text, "Second-best score {}  Ends at target {}\n", second.score, second.target_end);
  }
}

void append_name(std::string& text, std::string_view label, std::string_view name, std::size_t letters, bool color) {
  text += label;
  append_bold(text, name, color);
  base::append_format(text, " ({} letters)\n", letters);
}

}  // namespace

void PrettyWriter::append(std::string& text, const AlignedPair& record) const {
  append_name(text, "Query  ", record.query_name, record.query.size(), options_.color);
  append_name(text, "Target ", record.target_name, record.target.size(), options_.color);
  if (has_path(record)) {
    const PrettyColumns columns = lay_out_columns(record);
    base::append_format(text, "Score {}  ", record.alignment.score);
    append_statistics(text, record, columns);
    text += '\n';
    append_blocks(text, record, columns, options_.color);
  } else {
    append_short_summary(text, record);
  }
  if (record.second_best != nullptr && record.alignment.status == Status::aligned) {
    append_second_best(text, *record.second_best);
  }
  text += '\n';
}

}  // namespace anneal::io
