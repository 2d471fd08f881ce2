#include "cli/letter_error.h"

#include <fmt/core.h>

#include "io/record_error.h"

namespace anneal::cli {

Error named_error(const LetterError& error, std::uint64_t number, const io::Record& record, std::size_t position,
                  const std::string& file) {
  return {ErrorCode::invalid_input,
          fmt::format("{} has {} at position {}, {}{}", io::describe_record(number, record.name, file),
                      io::describe_byte(static_cast<char>(error.byte())), position + 1, error.reason(),
                      error.in_alphabet() ? "" : "; remove it or choose another --alphabet")};
}

void rethrow_with_names(const LetterError& error, const PairChunk& chunk, const std::string& query_file,
                        const std::string& target_file) {
  const std::size_t count = chunk.pairs.size();
  const RecordPair& pair = chunk.pairs[error.record() % count];
  const bool is_query = error.side() == Side::query;
  const io::Record& record = is_query ? *pair.query : *pair.target;
  const bool reversed = is_query && error.record() >= count;
  const std::size_t position = reversed ? record.sequence.size() - 1 - error.position() : error.position();
  throw named_error(error, is_query ? pair.query_number : pair.target_number, record, position,
                    is_query ? query_file : target_file);
}

}  // namespace anneal::cli
