#include "cli/index_run.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "align/batch.h"
#include "align/encoder.h"
#include "anneal/align.h"
#include "cli/letter_error.h"
#include "cli/print.h"
#include "cli/record_stream.h"
#include "cli/signals.h"
#include "cli/temporary_output.h"
#include "io/database_writer.h"
#include "io/record_error.h"

namespace anneal::cli {
namespace {

constexpr std::size_t batch_bytes = std::size_t{4} << 20;

// The one that a search takes where it is given none.
SubstitutionMatrix usual_matrix(Alphabet alphabet) {
  return alphabet == Alphabet::dna ? SubstitutionMatrix::match_mismatch(1, 4) : SubstitutionMatrix::builtin("BLOSUM62");
}

class IndexRun {
 public:
  IndexRun(const IndexArguments& arguments, const std::stop_token& stop)
      : arguments_(arguments), records_(arguments.input_path, false, stop),
        alphabet_(arguments.alphabet ? *arguments.alphabet : records_.sample().alphabet().value_or(Alphabet::dna)),
        matrix_(usual_matrix(alphabet_)), writer_(arguments.output_path, alphabet_) {}

  void execute() {
    for (io::RecordBatch batch; records_.read(batch, batch_bytes); batch.clear()) {
      for (const io::Record& record : batch.records()) {
        check_letters(record);
        check_length(record);
        writer_.append(record);
      }
    }
    writer_.commit();
    if (!arguments_.quiet) describe();
  }

 private:
  void check_letters(const io::Record& record) const {
    const auto is_letter = [this](char byte) {
      return matrix_.code(static_cast<unsigned char>(byte)) != SubstitutionMatrix::invalid_code;
    };
    const auto found = std::ranges::find_if_not(record.sequence, is_letter);
    if (found == record.sequence.end()) return;
    const auto position = static_cast<std::size_t>(found - record.sequence.begin());
    const std::string_view nothing;
    const align::Batch batch({.queries = {&nothing, 1}, .targets = {&record.sequence, 1}}, {.matrix = matrix_});
    throw named_error(align::letter_error(batch, matrix_, Side::target, 0, position), writer_.sequences() + 1, record,
                      position, records_.name());
  }

  void check_length(const io::Record& record) const {
    const std::size_t longest = std::max(record.sequence.size(), record.name.size() + record.comment.size());
    if (longest <= io::DatabaseWriter::longest_record) return;
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} has {} letters and a header of {} bytes, and neither may be more than {}; cut it",
                    io::describe_record(writer_.sequences() + 1, record.name, records_.name()), record.sequence.size(),
                    record.name.size() + record.comment.size(), io::DatabaseWriter::longest_record));
  }

  void describe() const {
    print_message(fmt::format("{}: {} of {} letters, the longest {}; alphabet {}{}; {}", writer_.name(),
                              counted(static_cast<std::int64_t>(writer_.sequences()), "sequence"), writer_.letters(),
                              writer_.longest(), alphabet_ == Alphabet::dna ? "dna" : "protein",
                              arguments_.alphabet ? "" : " (from the first 1,000 records)",
                              human_size(writer_.file_bytes())));
  }

  const IndexArguments& arguments_;
  RecordStream records_;
  Alphabet alphabet_;
  SubstitutionMatrix matrix_;
  io::DatabaseWriter writer_;
};

}  // namespace

void prepare_database(const IndexArguments& arguments) {
  SignalGuard signals([&arguments] { remove_temporary_output(arguments.output_path); });
  IndexRun(arguments, signals.token()).execute();
}

}  // namespace anneal::cli
