#include "io/database_writer.h"

#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "io/output_path.h"

namespace anneal::io {
namespace {

// The path, where it is that of a regular file.
std::string regular(const std::string& path) {
  const OutputPath place = resolve_output(path);
  if (place.kind == OutputPath::replaced) return path;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("a prepared database cannot be written to {}, as its beginning is written last; give a file",
                          place.name));
}

}  // namespace

DatabaseWriter::DatabaseWriter(const std::string& path, Alphabet alphabet, const PartLimits& limits)
    : output_(regular(path)), limits_(limits), part_(alphabet) {
  std::ranges::copy(index_magic, header_.magic.begin());
  header_.alphabet = static_cast<std::uint32_t>(alphabet);
  output_.write(bytes_of_value(DatabaseHeader()));  // until commit() the file is none of ours
  position_ = sizeof(DatabaseHeader);
}

void DatabaseWriter::append(const Record& record) {
  const bool full = part_.letters() + record.sequence.size() > limits_.letters ||
                    part_.text() + record.name.size() + record.comment.size() > limits_.text ||
                    part_.sequences() == limits_.sequences;
  if (full) write_part();
  part_.append(record);
  ++header_.sequences;
  header_.letters += record.sequence.size();
  header_.longest = std::max<std::uint64_t>(header_.longest, record.sequence.size());
}

void DatabaseWriter::write_part() {
  if (part_.sequences() == 0) return;
  parts_.push_back(part_.write(output_));
  position_ = PartLayout(position_, parts_.back()).end;
}

void DatabaseWriter::commit() {
  write_part();
  const std::string_view table(reinterpret_cast<const char*>(parts_.data()), parts_.size() * sizeof(PartEntry));
  output_.write(table);
  header_.parts = parts_.size();
  header_.table_begin = position_;
  header_.table_digest = digest_of(table);
  header_.file_bytes = position_ + table.size();
  header_.digest = digest_of(header_);
  output_.overwrite(0, bytes_of_value(header_));
  output_.commit();
}

}  // namespace anneal::io
