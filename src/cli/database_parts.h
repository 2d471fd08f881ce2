// A database part by part, each read while the one before it is searched.
#pragma once

#include <cstdint>
#include <future>
#include <memory>

#include "cli/database_source.h"

namespace anneal::cli {

struct DatabasePart {
  io::RecordBatch records;
  std::uint64_t bytes_taken = 0;  ///< of the file, up to the end of this part
};

class DatabaseParts {
 public:
  DatabaseParts(DatabaseSource& database, std::size_t part_bytes) : database_(database), part_bytes_(part_bytes) {
    read_ahead();
  }

  /// The next part, or null at the end. Throws what reading it threw.
  std::unique_ptr<DatabasePart> next();

 private:
  void read_ahead();

  DatabaseSource& database_;
  std::size_t part_bytes_;
  std::future<std::unique_ptr<DatabasePart>> ahead_;
};

}  // namespace anneal::cli
