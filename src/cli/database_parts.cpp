#include "cli/database_parts.h"

namespace anneal::cli {

std::unique_ptr<DatabasePart> DatabaseParts::next() {
  if (!ahead_.valid()) return nullptr;
  std::unique_ptr<DatabasePart> part = ahead_.get();
  if (part != nullptr) read_ahead();
  return part;
}

void DatabaseParts::read_ahead() {
  ahead_ = std::async(std::launch::async, [this] {
    auto part = std::make_unique<DatabasePart>();
    if (!database_.read(part->records, part_bytes_)) part.reset();
    if (part != nullptr) part->bytes_taken = database_.bytes_taken();
    return part;
  });
}

}  // namespace anneal::cli
