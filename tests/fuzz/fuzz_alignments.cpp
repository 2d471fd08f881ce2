// Any bytes as SAM, BAM or CRAM: records that can be written again, or one error.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/alignments.h"
#include "fuzz/input_file.h"
#include "reads/alignment_statistics.h"
#include "unit/base/temporary_folder.h"

namespace anneal::fuzz {
namespace {

const std::filesystem::path& folder() {
  static const test::TemporaryFolder folder;
  return folder.path();
}

// With which cram30_reference and cram31_reference of the corpus were written.
const std::string& reference() {
  static const std::string path = [] {
    const std::string name = (folder() / "reference.fa").string();
    std::ofstream(name) << ">chr1\n" << std::string(1000, 'A') << "\n>chr2\n" << std::string(500, 'C') << "\n";
    return name;
  }();
  return path;
}

// All that there is of a record.
void visit(const io::AlignmentRecord& record) {
  static_cast<void>(record.name().size() + record.sequence().size() + record.qualities().size());
  static_cast<void>(record.cigar().size());
  static_cast<void>(record.end_position());
  static_cast<void>(record.tags().size());
  std::string sequence, quality;
  expect_errors_only([&] { reads::sequenced_read(record, sequence, quality); });
}

void read_all(std::string_view bytes) {
  const std::string& path = input_file(bytes);
  reads::AlignmentStatistics statistics;
  expect_errors_only([&] {
    io::AlignmentReader reader(path, {.reference = reference()});
    io::AlignmentWriter text("/dev/null", reader.header(), {});
    io::AlignmentWriter binary("/dev/null", reader.header(),
                               {.format = io::AlignmentFormat::bam, .compression_level = 0});
    for (io::AlignmentRecord record; reader.read(record);) {
      expect_errors_only([&] { visit(record); });
      expect_errors_only([&] { statistics.add(record); });
      text.write(record);
      binary.write(record);
    }
  });
}

// What is taken by the writer is what its file has.
void write_cram(std::string_view bytes, const io::AlignmentWriterOptions& options) {
  static const std::string written = (folder() / "written.cram").string();
  const std::string& path = input_file(bytes);
  std::vector<io::AlignmentRecord> records;
  bool is_whole = false;
  expect_errors_only([&] {
    io::AlignmentReader reader(path, {.reference = reference()});
    io::AlignmentWriter writer(written, reader.header(), options);
    expect_errors_only([&] {
      for (io::AlignmentRecord record; reader.read(record);) {
        writer.write(record);
        records.push_back(record);
      }
    });
    writer.commit();
    is_whole = true;
  });
  if (!is_whole) return;
  io::AlignmentReader again(written, {.reference = reference()});
  io::AlignmentRecord record;
  for (const io::AlignmentRecord& expected : records) {
    require(again.read(record));
    require(record.name() == expected.name() && record.position() == expected.position());
    require(record.sequence() == expected.sequence());
  }
  require(!again.read(record));
}

// Without checksums, htslib leaves its memory where a CRAM is damaged; src/io/README.md has more.
bool has_checksums(std::string_view bytes) {
  constexpr std::string_view magic = "CRAM";
  return !bytes.starts_with(magic) || (bytes.size() > magic.size() && bytes[magic.size()] == 3);
}

// The first byte of the input chooses what the others are, a file or what BGZF compresses, and whether the records are
// written as CRAM.
void read_as_alignments(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  if (!has_checksums(input)) return;
  const std::string_view bytes = choice % 2 == 0 ? input : as_bgzf(input);
  if (choice / 2 % 4 == 0) return read_all(bytes);
  io::AlignmentWriterOptions options{.format = io::AlignmentFormat::cram, .compression_level = 1};
  if (choice / 2 % 4 != 1) options.cram_version = io::CramVersion::v3_1;
  if (choice / 2 % 4 == 3) options.reference = reference();
  write_cram(bytes, options);
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_as_alignments({reinterpret_cast<const char*>(data), size});
  return 0;
}
