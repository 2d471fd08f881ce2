#include "cli/search_fingerprint.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "base/version.h"
#include "io/digest.h"

namespace anneal::cli {

std::string fingerprint_of(const SearchArguments& arguments, const SearchOptions& options) {
  io::Digest digest;
  const base::BuildInfo& build = base::build_info();
  digest.add(build.version);
  digest.add(build.commit);
  digest.add(options.matrix.letters());
  for (int query = 0; query < options.matrix.size(); ++query) {
    for (int target = 0; target < options.matrix.size(); ++target) {
      digest.add(static_cast<std::uint64_t>(options.matrix.score(query, target)));
    }
  }
  digest.add(fmt::format("{} {} {} {} {} {} {} {} {}", options.gap_open, options.gap_extend, options.top,
                         options.min_score, static_cast<int>(options.strand), arguments.max_evalue,
                         arguments.database_letters.value_or(0), arguments.database_sequences.value_or(0),
                         arguments.eqx));
  digest.add(arguments.format);
  digest.add(arguments.fields);
  // Both are printed.
  digest.add(arguments.database_path);
  digest.add(options.matrix.name());
  return digest.text();
}

std::string digest_of(const io::RecordBatch& records) {
  io::Digest digest;
  for (const io::Record& record : records.records()) {
    digest.add(record.name);
    digest.add(record.comment);
    digest.add(record.sequence);
  }
  return digest.text();
}

void refuse_other_database(const std::string& database_file) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} is not what it was when the checkpoint was made; give the same database, or begin anew "
                          "with another folder for --checkpoint",
                          database_file));
}

void refuse_other_queries(const std::string& saved, const std::string& found, const std::string& query_file) {
  if (saved == found) return;
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("{} is not what it was when the checkpoint was made; give the same queries, or begin anew with "
                  "another folder for --checkpoint",
                  query_file));
}

}  // namespace anneal::cli
