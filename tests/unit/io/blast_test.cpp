// What BLAST itself has found, put into our hits, must come out as the bytes that BLAST prints.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "unit/base/temporary_folder.h"
#include "unit/io/owned_hits.h"
#include "unit/io/related_sequences.h"

namespace anneal::io {
namespace {

using test::OwnedHit;
using test::OwnedHits;

constexpr std::string_view all_fields =
    "qseqid sseqid sstart send qstart qend score qseq sseq qacc qaccver qlen sallseqid sacc saccver sallacc slen "
    "evalue "
    "bitscore length pident nident mismatch positive gapopen gaps ppos frames qframe sframe btop qcovs qcovhsp qcovus "
    "stitle salltitles sstrand";

struct Program {
  std::string name;
  std::string options;
  std::string database_type;
  SubstitutionMatrix matrix;
  std::string letters;
};

Program blastp() { return {"blastp", "", "prot", SubstitutionMatrix::builtin("BLOSUM62"), "ACDEFGHIKLMNPQRSTVWY"}; }
Program blastn() {
  return {"blastn", "-task blastn -dust no -word_size 7", "nucl", SubstitutionMatrix::match_mismatch(2, 3), "ACGT"};
}

struct Sequence {
  std::string name, comment, letters;
};

std::string fasta(const std::vector<Sequence>& sequences) {
  std::string text;
  for (const Sequence& sequence : sequences) {
    text += fmt::format(">{}{}{}\n{}\n", sequence.name, sequence.comment.empty() ? "" : " ", sequence.comment,
                        sequence.letters);
  }
  return text;
}

struct Data {
  std::vector<Sequence> queries, targets;
};

// Relatives of each query at several distances, some on the other strand and some with more than one hit.
Data make_data(const Program& program) {
  constexpr std::size_t distances[] = {0, 30, 150, 400};
  test::RelatedSequences sequences(11, program.letters);
  const bool is_dna = program.database_type == "nucl";
  Data data;
  for (int number = 0; number < 8; ++number) {
    std::string query = sequences.random(60 + sequences.below(500));
    if (number % 3 == 1) query.replace(20, 4, is_dna ? "NRNN" : "XBZ*");
    data.queries.push_back({fmt::format("q{}", number), number % 2 == 0 ? "a comment" : "", query});
    for (const std::size_t distance : distances) {
      std::string target = sequences.descendant(query, distance);
      if (sequences.below(3) == 0) target += sequences.random(30) + sequences.descendant(query.substr(10), 100);
      if (is_dna && sequences.below(2) == 0) target = test::reverse_complement_of(target);
      data.targets.push_back(
          {fmt::format("t{}", data.targets.size()), distance == 30 ? "" : fmt::format("of {}", number), target});
    }
  }
  for (char& letter : data.queries[2].letters) letter = static_cast<char>(std::tolower(letter));
  data.queries.push_back({"lonely", "", is_dna ? "NNNNNNNNNNNNNNNNNNNNNNNNNNN" : "XXXXXXXXXXXXXXXX"});
  return data;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

struct Statistics {
  double bits, evalue;
};

// From BLAST's Seq-aligns, which have all digits.
std::vector<Statistics> parse_statistics(const std::string& documents) {
  std::vector<Statistics> all;
  std::istringstream stream(documents);
  while (stream >> std::ws && stream.peek() != std::istringstream::traits_type::eof()) {
    nlohmann::json document;
    stream >> document;
    for (const auto& alignment : document["Seq_annot"]["data"].value("align", nlohmann::json::array())) {
      Statistics statistics{};
      for (const auto& score : alignment["score"]) {
        if (score["id"]["str"] == "bit_score") statistics.bits = score["value"]["real"];
        if (score["id"]["str"] == "e_value") statistics.evalue = score["value"]["real"];
      }
      all.push_back(statistics);
    }
  }
  return all;
}

std::vector<CigarOp> cigar_of(std::string_view query, std::string_view target, const SubstitutionMatrix& matrix) {
  std::vector<CigarOp> cigar;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const auto code = [&](char letter) { return matrix.code(static_cast<unsigned char>(letter)); };
    const auto op = query[i] == '-'                                    ? CigarOp::deletion
                    : target[i] == '-'                                 ? CigarOp::insertion
                    : matrix.is_match(code(query[i]), code(target[i])) ? CigarOp::equal
                                                                       : CigarOp::mismatch;
    if (!cigar.empty() && cigar.back().code() == op) {
      cigar.back() = CigarOp(op, cigar.back().length() + 1);
    } else {
      cigar.emplace_back(op, 1);
    }
  }
  return cigar;
}

// A line of format 6 with all_fields as the hit that anneal would have found.
OwnedHit rebuild(const std::vector<std::string>& columns, const Sequence& query, const Sequence& target,
                 Statistics statistics, const SubstitutionMatrix& matrix) {
  std::int32_t target_start = std::stoi(columns[2]), target_end = std::stoi(columns[3]);
  std::int32_t query_begin = std::stoi(columns[4]) - 1, query_end = std::stoi(columns[5]);
  const bool reverse = target_start > target_end;
  if (reverse) {
    std::swap(target_start, target_end);
    const auto length = static_cast<std::int32_t>(query.letters.size());
    query_begin = std::exchange(query_end, length - query_begin) * -1 + length;
  }
  const auto on_strand = [reverse](const std::string& row) { return reverse ? test::reverse_complement_of(row) : row; };
  return {.alignment = {.score = std::stoi(columns[6]),
                        .query_begin = query_begin,
                        .query_end = query_end,
                        .target_begin = target_start - 1,
                        .target_end = target_end,
                        .status = Status::aligned},
          .cigar = cigar_of(on_strand(columns[7]), on_strand(columns[8]), matrix),
          .target_name = target.name,
          .target_comment = target.comment,
          .target = target.letters,
          .reverse = reverse,
          .aligned_query = on_strand(query.letters),
          .bits = statistics.bits,
          .evalue = statistics.evalue};
}

class Blast : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (std::system("blastp -version >/dev/null 2>&1") != 0) GTEST_SKIP() << "blastp (NCBI BLAST+) is not installed";
    folder_.write("queries", fasta(data_.queries));
    folder_.write("targets", fasta(data_.targets));
    run(fmt::format("makeblastdb -in targets -out db -dbtype {}", program_.database_type));
  }

  std::string run(const std::string& command) const {
    const std::string in_folder = "cd '" + folder_.path().string() + "' && " + command + " >out 2>err";
    EXPECT_EQ(std::system(in_folder.c_str()), 0) << contents(folder_.path() / "err");
    return contents(folder_.path() / "out");
  }

  std::string search(const std::string& options, std::string_view format) const {
    return run(fmt::format("{} -query queries -db db -evalue 20 {} {} -outfmt '{}'", program_.name, program_.options,
                           options, format));
  }

  // `lines` are those of format 6 with all_fields.
  std::vector<OwnedHits> rebuild_all(const std::string& lines, const std::vector<Statistics>& statistics) const {
    std::map<std::string, const Sequence*> targets;
    for (const Sequence& target : data_.targets) targets[target.name] = &target;
    std::vector<OwnedHits> all;
    for (const Sequence& query : data_.queries) {
      all.push_back({.number = all.size(), .name = query.name, .comment = query.comment, .query = query.letters});
    }
    std::size_t number = 0;
    for (const std::string& line : split(lines, '\n')) {
      const std::vector<std::string> columns = split(line, '\t');
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].name != columns[0]) continue;
        all[i].hits.push_back(
            rebuild(columns, data_.queries[i], *targets.at(columns[1]), statistics.at(number), program_.matrix));
      }
      ++number;
    }
    EXPECT_EQ(number, statistics.size());
    return all;
  }

  // The lines that are no comments, and the others without those that name the program.
  static std::string data_lines(const std::string& text) {
    std::string lines;
    for (const std::string& line : split(text, '\n')) lines += line.starts_with('#') ? "" : line + '\n';
    return lines;
  }
  static std::string without_program(const std::string& text) {
    std::string lines;
    for (const std::string& line : split(text, '\n')) {
      const bool names_program =
          line.starts_with("# anneal ") || line.starts_with("# BLASTP ") || line.starts_with("# BLASTN ");
      if (!names_program) lines += line + '\n';
    }
    return lines;
  }

  // Compares format 7, and format 6 with its lines.
  void expect_same_tables(const std::vector<OwnedHits>& queries, std::string_view fields,
                          const std::string& expected) const {
    const HitWriterOptions options{.matrix = program_.matrix, .fields = std::string(fields), .database = "db"};
    EXPECT_EQ(without_program(test::format_hits("7", queries, options)), without_program(expected));
    EXPECT_EQ(test::format_hits("6", queries, options), data_lines(expected));
  }

  Program program_ = GetParam() == "blastp" ? blastp() : blastn();
  Data data_ = make_data(program_);
  test::TemporaryFolder folder_;
};

TEST_P(Blast, PrintsTheSameBytes) {
  const std::string expected = search("", fmt::format("7 {}", all_fields));
  const std::vector<OwnedHits> queries = rebuild_all(data_lines(expected), parse_statistics(search("", "12")));
  expect_same_tables(queries, all_fields, expected);
  expect_same_tables(queries, "std qlen std slen qlen", search("", "7 std qlen std slen qlen"));
  std::size_t hits = 0, reverse = 0, insertions = 0, queries_without = 0;
  for (const OwnedHits& query : queries) {
    queries_without += query.hits.empty() ? 1 : 0;
    for (const OwnedHit& hit : query.hits) {
      ++hits;
      reverse += hit.reverse ? 1 : 0;
      for (const CigarOp op : hit.cigar) insertions += op.code() == CigarOp::insertion ? 1 : 0;
    }
  }
  EXPECT_GT(hits, 20u);
  EXPECT_GT(insertions, 20u);
  EXPECT_GT(queries_without, 0u);
  EXPECT_EQ(reverse > 20, program_.name == "blastn");
}

// The size of the search space moves E-values through all ranges that are printed differently.
TEST_P(Blast, PrintsTheSameNumbers) {
  for (const char* const space : {"1", "1000000", "1000000000000"}) {
    const std::string options = fmt::format("-searchsp {}", space);
    const std::string expected = search(options, fmt::format("7 {}", all_fields));
    expect_same_tables(rebuild_all(data_lines(expected), parse_statistics(search(options, "12"))), all_fields,
                       expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, Blast, testing::Values("blastp", "blastn"),
                         [](const auto& program) { return program.param; });

}  // namespace
}  // namespace anneal::io
