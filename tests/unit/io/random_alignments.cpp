#include "unit/io/random_alignments.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace anneal::test {
namespace {

std::size_t letters_of(const std::vector<CigarOp>& cigar) {
  std::size_t letters = 0;
  for (const CigarOp op : cigar) {
    if (std::string("MIS=X").find(op.letter()) != std::string::npos) letters += op.length();
  }
  return letters;
}

}  // namespace

io::AlignmentHeader sample_header() {
  return io::AlignmentHeader::parse(
      "@HD\tVN:1.6\n@SQ\tSN:chr1\tLN:100000\n@SQ\tSN:HLA:01\tLN:5000\n@SQ\tSN:chr2\tLN:70000\n"
      "@RG\tID:a\tSM:one\tLB:x\n@RG\tID:b\n");
}

std::int64_t RandomAlignments::number(std::int64_t least, std::int64_t largest) {
  return std::uniform_int_distribution<std::int64_t>(least, largest)(generator_);
}

std::string RandomAlignments::letters(std::size_t count) {
  std::string text(count, 'N');
  for (char& letter : text) letter = "=ACMGRSVTWYHKDBN"[number(0, 15)];
  return text;
}

std::vector<CigarOp> RandomAlignments::cigar() {
  std::vector<CigarOp> ops;
  const auto run = [&](CigarOp::Code code) { ops.emplace_back(code, static_cast<std::uint32_t>(number(1, 30))); };
  if (maybe(4)) run(CigarOp::hard_clip);
  if (maybe(3)) run(CigarOp::soft_clip);
  run(CigarOp::match);
  constexpr CigarOp::Code inner[] = {CigarOp::insertion, CigarOp::deletion, CigarOp::skip};
  for (auto more = number(0, 4); more > 0; --more) {
    run(inner[number(0, 2)]);
    run(CigarOp::match);
  }
  if (maybe(3)) run(CigarOp::soft_clip);
  return ops;
}

template <typename Element>
std::vector<Element> RandomAlignments::elements() {
  std::vector<Element> values(static_cast<std::size_t>(number(0, 6)));
  for (Element& value : values) {
    if constexpr (std::is_floating_point_v<Element>) {
      value = static_cast<Element>(number(-1000, 1000)) / 8;
    } else {
      value = static_cast<Element>(number(std::numeric_limits<Element>::min(), std::numeric_limits<Element>::max()));
    }
  }
  return values;
}

io::TagValue RandomAlignments::tag_value() {
  switch (number(0, 11)) {
    case 0:
      return static_cast<char>(number('!', '~'));
    case 1:
      return number(-2147483647, 4294967295);
    case 2:
      return number(-200, 300);
    case 3:
      return static_cast<float>(number(-1000, 1000)) / 4;
    case 4:
      return std::string("text with blanks and\x7e").substr(0, static_cast<std::size_t>(number(0, 20)));
    case 5:
      return io::HexDigits{"1AE301"};
    case 6:
      return elements<std::int8_t>();
    case 7:
      return elements<std::uint8_t>();
    case 8:
      return elements<std::int16_t>();
    case 9:
      return elements<std::uint16_t>();
    case 10:
      return elements<std::int32_t>();
    default:
      return maybe(2) ? io::TagValue(elements<std::uint32_t>()) : io::TagValue(elements<float>());
  }
}

io::AlignmentRecord RandomAlignments::next() {
  const std::vector<CigarOp> cigar = this->cigar();
  const bool mapped = !maybe(5);
  const std::string sequence = letters(maybe(8) ? 0
                                       : mapped ? letters_of(cigar)
                                                : static_cast<std::size_t>(number(0, 50)));
  std::vector<std::uint8_t> qualities(maybe(5) ? 0 : sequence.size());
  for (std::uint8_t& quality : qualities) quality = static_cast<std::uint8_t>(number(0, 93));
  const std::string name = fmt::format("read{}", number(0, 1'000'000'000));
  io::AlignmentFields fields{.name = name, .sequence = sequence, .qualities = qualities};
  if (mapped) {
    fields.flags = maybe(2) ? io::flag_reverse : 0;
    fields.reference = static_cast<int>(number(0, 2));
    fields.position = number(0, 4000);
    fields.mapping_quality = static_cast<std::uint8_t>(number(0, 255));
    fields.cigar = cigar;
  } else {
    fields.mapping_quality = 0;
  }
  if (maybe(3)) {
    fields.flags = static_cast<std::uint16_t>(fields.flags | io::flag_paired | io::flag_first_of_pair);
    fields.mate_reference = static_cast<int>(number(0, 2));
    fields.mate_position = number(0, 4000);
    fields.template_length = number(-100000, 100000);
  }
  io::AlignmentRecord record;
  record.assign(fields);
  for (const char* const tag : {"XA", "XB", "XC", "Y1"}) {
    if (maybe(2)) record.set_tag(tag, tag_value());
  }
  return record;
}

std::vector<io::AlignmentRecord> RandomAlignments::next(int count) {
  std::vector<io::AlignmentRecord> records(static_cast<std::size_t>(count));
  std::ranges::generate(records, [this] { return next(); });
  return records;
}

std::vector<io::AlignmentRecord> read_records(io::AlignmentReader& reader) {
  std::vector<io::AlignmentRecord> records;
  for (const io::AlignmentRecord& record : reader) records.push_back(record);
  return records;
}

}  // namespace anneal::test
