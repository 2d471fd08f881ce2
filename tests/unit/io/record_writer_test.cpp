#include "io/record_writer.h"

#include <gtest/gtest.h>

#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

TEST(RecordFormats, AreFoundByName) {
  for (const RecordFormat& format : record_formats()) EXPECT_EQ(&find_record_format(format.name), &format);
  EXPECT_TRUE(find_record_format("sam").needs_references);
  EXPECT_TRUE(find_record_format("paf").needs_path);
  EXPECT_FALSE(find_record_format("tsv").needs_path);
}

TEST(RecordFormats, RefusesUnknownNames) {
  const auto error = test::thrown_by([] { find_record_format("bam"); });
  EXPECT_EQ(error.code, ErrorCode::invalid_argument);
  EXPECT_EQ(error.line, "unknown output format 'bam'; use one of paf, sam, tsv, jsonl, pretty");
}

}  // namespace
}  // namespace anneal::io
