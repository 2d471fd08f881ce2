#include "cli/block_search.h"

#include <algorithm>
#include <vector>

#include "anneal/error.h"
#include "cli/letter_error.h"
#include "cli/search_fingerprint.h"

namespace anneal::cli {
namespace {

constexpr std::uint64_t smallest_part = std::uint64_t{1} << 20;
constexpr std::uint64_t largest_part = std::uint64_t{256} << 20;

// What is read ahead, what is searched, its codes and its scores.
std::size_t part_bytes(std::uint64_t memory) {
  return static_cast<std::size_t>(std::clamp(memory / 16, smallest_part, largest_part));
}

Search& begin(std::optional<Search>& search, const BlockSearchSettings& settings, const QueryBlock& block) {
  try {
    if (search) {
      search->restart(block.records.sequences());
    } else {
      search.emplace(settings.options, block.records.sequences(), settings.settings);
    }
    return *search;
  } catch (const LetterError& error) {
    throw named_error(error, block.first + error.record() + 1, block.records[error.record()], error.position(),
                      settings.query_file);
  }
}

}  // namespace

BlockSearch::BlockSearch(const BlockSearchSettings& settings, const QueryBlock& block, std::optional<Search>& search)
    : settings_(settings), block_(block), search_(begin(search, settings, block)),
      progress_(settings.show_progress, settings.database_bytes) {}

void BlockSearch::run(DatabaseSource& database, const std::stop_token& stop) {
  if (settings_.checkpoint != nullptr) resume();
  DatabaseParts parts(database, part_bytes(settings_.settings.memory));
  while (const std::unique_ptr<DatabasePart> part = parts.next()) take(*part, database, stop);
  if (records_ < search_.targets()) refuse_other_database(database.name());
}

void BlockSearch::resume() {
  resumed_ = settings_.checkpoint->progress_of(block_.index);
  if (!resumed_) return;
  refuse_other_queries(resumed_->query_digest, settings_.query_digest, settings_.query_file);
  const std::vector<std::span<const SearchHit>> hits(resumed_->hits.begin(), resumed_->hits.end());
  search_.resume(resumed_->targets, resumed_->letters, hits);
}

void BlockSearch::take(const DatabasePart& part, const DatabaseSource& database, const std::stop_token& stop) {
  if (settings_.checkpoint != nullptr) check_prefix(part.records, database.name());
  if (settings_.target_names != nullptr) {
    for (const io::Record& record : part.records.records()) settings_.target_names->add(record.name);
  }
  const std::uint64_t known = search_.targets();
  const auto skipped =
      static_cast<std::size_t>(std::min<std::uint64_t>(known > records_ ? known - records_ : 0, part.records.size()));
  if (skipped == part.records.size()) {
    progress_.skip_part(part.bytes_taken);
  } else {
    search_rest(part, skipped, database, stop);
  }
  targets_.update(search_, records_, part.records);
  records_ += part.records.size();
  if (settings_.checkpoint != nullptr && skipped < part.records.size() && settings_.checkpoint->is_due()) save();
}

void BlockSearch::search_rest(const DatabasePart& part, std::size_t skipped, const DatabaseSource& database,
                              const std::stop_token& stop) {
  const std::span<const std::string_view> targets = part.records.sequences().subspan(skipped);
  progress_.begin_part(search_.cells_of(targets), part.bytes_taken);
  try {
    search_.add(targets, {.stop = stop, .progress = [this](std::uint64_t done, std::uint64_t total) {
                            progress_.update(done, total);
                          }});
  } catch (const LetterError& error) {
    const std::size_t record = skipped + error.record();
    throw named_error(error, records_ + record + 1, part.records[record], error.position(), database.name());
  }
}

// The digest goes over every sequence once, and is looked at where the earlier run stopped.
void BlockSearch::check_prefix(const io::RecordBatch& records, const std::string& database_file) {
  std::uint64_t number = records_;
  for (const io::Record& record : records.records()) {
    database_digest_.add(record.name);
    database_digest_.add(record.comment);
    database_digest_.add(record.sequence);
    ++number;
    if (resumed_ && number == resumed_->targets && database_digest_.text() != resumed_->database_digest) {
      refuse_other_database(database_file);
    }
  }
}

void BlockSearch::save() const {
  BlockProgress progress{.block = block_.index,
                         .query_digest = settings_.query_digest,
                         .targets = search_.targets(),
                         .letters = search_.letters(),
                         .database_digest = database_digest_.text()};
  for (std::size_t query = 0; query < search_.queries(); ++query) {
    const std::span<const SearchHit> hits = search_.hits(query);
    progress.hits.emplace_back(hits.begin(), hits.end());
  }
  settings_.checkpoint->save(progress);
}

}  // namespace anneal::cli
