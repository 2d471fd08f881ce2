// Prepared databases: any bytes, and any contents of a part whose sections lie where they should.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "anneal/error.h"
#include "io/database_reader.h"
#include "support/sealed_database.h"

namespace anneal::fuzz {
namespace {

using io::DatabaseHeader;
using io::PartEntry;

void require(bool promise) {
  if (!promise) std::abort();
}

// All that is read, so that AddressSanitizer sees where it lies; nothing where the file is refused.
std::optional<std::string> read_database(const std::string& bytes, std::size_t max_bytes) {
  std::string text;
  try {
    io::DatabaseReader reader("input", bytes);
    for (io::RecordBatch batch; reader.read(batch, max_bytes); batch.clear()) {
      require(batch.size() == 1 || batch.bytes() <= max_bytes);
      require(reader.bytes_taken() <= bytes.size());
      for (const io::Record& record : batch.records()) {
        require(record.quality.empty());
        for (const std::string_view part : {record.name, record.comment, record.sequence}) text.append(part) += '\n';
      }
    }
  } catch (const Error& error) {
    require(error.code() == ErrorCode::invalid_input);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    return std::nullopt;
  }
  return text;
}

template <typename Value>
void put(std::string& bytes, std::uint64_t begin, const Value& value) {
  std::memcpy(bytes.data() + begin, &value, sizeof(Value));
}

std::string_view take(std::string_view& input, std::size_t count) {
  const std::string_view taken = input.substr(0, count);
  input.remove_prefix(taken.size());
  return taken;
}

// The first bytes are the sizes of the sections of one part, and the others fill them.
std::string laid_out(std::string_view input) {
  std::array<unsigned char, 6> sizes{};
  const std::string_view head = take(input, sizes.size());
  std::copy(head.begin(), head.end(), sizes.begin());
  const PartEntry entry{.sequences = sizes[0] % 16u,
                        .letter_bytes = sizes[1],
                        .name_bytes = sizes[2],
                        .comment_bytes = sizes[3],
                        .runs = sizes[4] % 16u,
                        .store = sizes[5] % 3u};
  const io::PartLayout layout(sizeof(DatabaseHeader), entry);
  std::string bytes(layout.end + sizeof(PartEntry), '\0');
  const auto fill = [&](std::uint64_t begin, std::size_t size) {
    const std::string_view content = take(input, size);
    std::copy(content.begin(), content.end(), bytes.begin() + static_cast<std::ptrdiff_t>(begin));
  };
  fill(layout.records, entry.sequences * sizeof(io::PlacedRecord));
  fill(layout.runs, entry.runs * sizeof(io::LetterRun));
  fill(layout.letters, entry.letter_bytes);
  fill(layout.names, entry.name_bytes);
  fill(layout.comments, entry.comment_bytes);
  put(bytes, layout.end, entry);
  DatabaseHeader header;
  std::copy(io::index_magic.begin(), io::index_magic.end(), header.magic.begin());
  header.parts = 1;
  header.table_begin = layout.end;
  header.file_bytes = bytes.size();
  put(bytes, 0, header);
  return bytes;
}

// The first byte of the input chooses what it is: a file, one with digests that are right, or what to make one of.
void read_as_database(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]) % 3;
  input.remove_prefix(1);
  std::string bytes = choice == 2 ? laid_out(input) : std::string(input);
  if (choice > 0) bytes = test::sealed(std::move(bytes));
  constexpr std::size_t ample = 1 << 20;
  require(read_database(bytes, 1) == read_database(bytes, ample));
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_as_database({reinterpret_cast<const char*>(data), size});
  return 0;
}
