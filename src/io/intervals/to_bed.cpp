#include "io/intervals/to_bed.h"

#include <string>
#include <string_view>

#include "io/intervals/format.h"
#include "io/intervals/gff_attributes.h"

namespace anneal::io {
namespace {

constexpr int bed_columns = 6;
constexpr int no_mapping_quality = 255;

const std::string& name_of(const GffRecord& record) {
  for (const std::string_view key : {"ID", "Name", "transcript_id", "gene_id", "Parent"}) {
    const GffAttribute* const attribute = record.find(key);
    if (attribute != nullptr && !attribute->values.empty() && !attribute->values.front().empty()) {
      return attribute->values.front();
    }
  }
  return record.type;
}

template <typename Record>
class BedConverter final : public LineConverter {
 public:
  void append_record(std::string& text, Columns columns) override {
    parse_record(columns, record_);
    io::append_record(text, bed_of(record_));
  }

  void append_other(std::string&, std::string_view) override {}

 private:
  Record record_;
};

}  // namespace

BedRecord bed_of(const GffRecord& record) {
  return {.contig = record.contig,
          .begin = record.begin,
          .end = record.end,
          .columns = bed_columns,
          .name = escaped(name_of(record), ""),
          .score = record.score,
          .strand = record.strand == '?' ? '.' : record.strand};
}

BedRecord bed_of(const PafRecord& record) {
  BedRecord bed{.contig = record.target,
                .begin = record.target_begin,
                .end = record.target_end,
                .columns = bed_columns,
                .name = record.query,
                .strand = record.strand};
  if (record.mapping_quality != no_mapping_quality) bed.score = record.mapping_quality;
  return bed;
}

std::unique_ptr<LineConverter> converter_to_bed(const LineFormat& format) {
  if (&format == &gff_lines) return std::make_unique<BedConverter<GffRecord>>();
  if (&format == &paf_lines) return std::make_unique<BedConverter<PafRecord>>();
  return nullptr;
}

}  // namespace anneal::io
