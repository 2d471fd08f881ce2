// Any bytes as VCF or BCF: records that can be written again, or one error.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/variants.h"
#include "fuzz/input_file.h"

namespace anneal::fuzz {
namespace {

void visit_info(const io::VariantRecord& record, const io::VariantField& field) {
  switch (field.type) {
    case io::VariantType::flag:
      return static_cast<void>(record.has_info(field.id));
    case io::VariantType::integer:
      return static_cast<void>(record.info_integers(field.id));
    case io::VariantType::real:
      return static_cast<void>(record.info_reals(field.id));
    case io::VariantType::text:
      return static_cast<void>(record.info_text(field.id));
  }
}

void visit_format(const io::VariantRecord& record, const io::VariantField& field) {
  switch (field.type) {
    case io::VariantType::flag:
      return static_cast<void>(record.has_format(field.id));
    case io::VariantType::integer:
      return static_cast<void>(record.format_integers(field.id, 0));
    case io::VariantType::real:
      return static_cast<void>(record.format_reals(field.id, 0));
    case io::VariantType::text:
      return static_cast<void>(record.format_text(field.id, 0));
  }
}

void visit(const io::VariantHeader& header, const io::VariantRecord& record) {
  static_cast<void>(record.text());
  static_cast<void>(record.end());
  for (const io::VariantField& field : header.info_fields()) {
    expect_errors_only([&] { visit_info(record, field); });
  }
  if (record.sample_count() == 0) return;
  for (const io::VariantField& field : header.format_fields()) {
    expect_errors_only([&] { visit_format(record, field); });
  }
  for (std::size_t sample = 0; sample < record.sample_count(); ++sample) {
    expect_errors_only([&] { static_cast<void>(record.genotype(sample)); });
  }
}

void read_all(std::string_view bytes, const io::VariantReaderOptions& options, bool reads_twice) {
  const std::string& path = input_file(bytes);
  expect_errors_only([&] {
    io::VariantReader reader(path, options);
    io::VariantWriter text("/dev/null", reader.header(), {.format = io::VariantFormat::vcf});
    io::VariantWriter binary("/dev/null", reader.header(), {.format = io::VariantFormat::bcf, .level = 0});
    for (io::VariantRecord record; reader.read(record);) {
      visit(record.header(), record);
      text.write(record);
      expect_errors_only([&] { binary.write(record); });
    }
    if (!reads_twice) return;
    reader.rewind();
    io::VariantWriter complete("/dev/null", reader.header(), {.format = io::VariantFormat::bcf, .level = 0});
    for (io::VariantRecord record; reader.read(record);) {
      expect_errors_only([&] { complete.write(record); });
    }
  });
}

// The first byte of the input chooses what the others are, a file or what BGZF compresses, whether samples are left
// out, and whether the file is read again.
void read_as_variants(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  io::VariantReaderOptions options;
  if ((choice & 2) != 0) options.samples = std::vector<std::string>();
  read_all((choice & 1) == 0 ? input : as_bgzf(input), options, (choice & 4) == 0);
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_as_variants({reinterpret_cast<const char*>(data), size});
  return 0;
}
