#include "cli/formatter.h"

#include <deque>

#include "base/version.h"

namespace anneal::cli {
namespace {

io::WriterOptions writer_options(const AlignArguments& arguments, bool color) {
  return {.mode = arguments.mode,
          .second_best = arguments.second_best_distance.has_value(),
          .strand = arguments.both_strands,
          .eqx = arguments.eqx,
          .color = color,
          .version = std::string(base::build_info().version),
          .command_line = arguments.pg_command};
}

}  // namespace

Formatter::Formatter(const AlignArguments& arguments, const AlignOptions& options, bool color)
    : options_(options), format_(io::find_record_format(arguments.format)),
      writer_(format_.make(writer_options(arguments, color))) {}

std::string Formatter::header(RecordStream& targets, std::size_t batch_bytes) const {
  std::string text;
  if (!format_.needs_references) {
    writer_->append_header(text, {});
    return text;
  }
  std::deque<std::string> names;
  std::vector<io::Reference> references;
  for (io::RecordBatch batch; targets.read(batch, batch_bytes); batch.clear()) {
    for (const io::Record& record : batch.records()) {
      references.push_back(
          {.name = names.emplace_back(record.name), .length = static_cast<std::int64_t>(record.sequence.size())});
    }
  }
  writer_->append_header(text, references);
  targets.rewind();
  return text;
}

void Formatter::append(std::string& text, const AlignedChunk& chunk) const {
  const AlignResults& results = chunk.results();
  for (std::size_t i = 0; i < chunk.input.pairs.size(); ++i) {
    const RecordPair& pair = chunk.input.pairs[i];
    const AlignedChunk::Best best = chunk.best(i);
    const bool has_extension = !results.extensions.empty() && options_.output != Output::score;
    writer_->append(text, {.query_name = pair.query->name,
                           .query = chunk.query(best.result),
                           .query_quality = pair.query->quality,
                           .target_name = pair.target->name,
                           .target = pair.target->sequence,
                           .alignment = results[best.result],
                           .cigar = results.cigar(best.result),
                           .extension = has_extension ? &results.extensions[best.result] : nullptr,
                           .second_best = results.second_best.empty() ? nullptr : &results.second_best[best.result],
                           .reverse = best.reverse,
                           .matrix = options_.matrix});
  }
}

}  // namespace anneal::cli
