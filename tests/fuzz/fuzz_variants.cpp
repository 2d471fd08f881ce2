// Any bytes as VCF or BCF: records that can be written again, or one error.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/variants.h"
#include "fuzz/input_file.h"

namespace anneal::fuzz {
namespace {

// The values of a field, whatever its type.
void visit_field(const io::VariantRecord& record, const io::VariantField& field, bool is_info) {
  expect_errors_only([&] {
    is_info ? static_cast<void>(record.info_integers(field.id))
            : static_cast<void>(record.format_integers(field.id, 0));
  });
  expect_errors_only([&] {
    is_info ? static_cast<void>(record.info_reals(field.id)) : static_cast<void>(record.format_reals(field.id, 0));
  });
  expect_errors_only([&] {
    is_info ? static_cast<void>(record.info_text(field.id)) : static_cast<void>(record.format_text(field.id, 0));
  });
}

void visit(const io::VariantHeader& header, const io::VariantRecord& record) {
  static_cast<void>(record.text());
  static_cast<void>(record.end());
  for (const io::VariantField& field : header.info_fields()) visit_field(record, field, true);
  if (record.sample_count() == 0) return;
  for (const io::VariantField& field : header.format_fields()) visit_field(record, field, false);
  for (std::size_t sample = 0; sample < record.sample_count(); ++sample) {
    expect_errors_only([&] { static_cast<void>(record.genotype(sample)); });
  }
}

void read_all(const std::string& bytes, const io::VariantReaderOptions& options) {
  const InputFile file(bytes);
  expect_errors_only([&] {
    io::VariantReader reader(file.path(), options);
    io::VariantWriter text("/dev/null", reader.header(), {.format = io::VariantFormat::vcf});
    io::VariantWriter binary("/dev/null", reader.header(), {.format = io::VariantFormat::bcf, .level = 0});
    for (io::VariantRecord record; reader.read(record);) {
      visit(record.header(), record);
      text.write(record);
      expect_errors_only([&] { binary.write(record); });
    }
    reader.rewind();
    io::VariantWriter complete("/dev/null", reader.header(), {.format = io::VariantFormat::bcf, .level = 0});
    for (io::VariantRecord record; reader.read(record);) {
      expect_errors_only([&] { complete.write(record); });
    }
  });
}

// The first byte of the input chooses what the others are, a file or what BGZF compresses, and whether samples are left
// out.
void read_as_variants(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]) % 4;
  input.remove_prefix(1);
  io::VariantReaderOptions options;
  if (choice >= 2) options.samples = std::vector<std::string>();
  read_all(choice % 2 == 0 ? std::string(input) : as_bgzf(input), options);
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_as_variants({reinterpret_cast<const char*>(data), size});
  return 0;
}
