#include "support/sealed_database.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

#include "io/database_format.h"

namespace anneal::test {
namespace {

using io::DatabaseHeader;
using io::PartEntry;

template <typename Value>
void put(std::string& bytes, std::uint64_t begin, const Value& value) {
  std::memcpy(bytes.data() + begin, &value, sizeof(Value));
}

void seal_parts(std::string& database, const DatabaseHeader& header) {
  std::uint64_t begin = sizeof(DatabaseHeader);
  for (std::uint64_t at = header.table_begin; at + sizeof(PartEntry) <= database.size(); at += sizeof(PartEntry)) {
    auto entry = io::value_at<PartEntry>(database, at);
    const io::PartLayout layout(begin, entry);
    if (layout.end < begin || layout.end > header.table_begin) return;
    entry.digest = io::digest_of(std::string_view(database).substr(begin, layout.end - begin));
    put(database, at, entry);
    begin = layout.end;
  }
}

}  // namespace

std::string sealed(std::string database) {
  if (database.size() < sizeof(DatabaseHeader)) return database;
  auto header = io::value_at<DatabaseHeader>(database, 0);
  if (header.table_begin <= database.size()) {
    seal_parts(database, header);
    header.table_digest = io::digest_of(std::string_view(database).substr(header.table_begin));
  }
  header.digest = io::digest_of(header);
  put(database, 0, header);
  return database;
}

}  // namespace anneal::test
