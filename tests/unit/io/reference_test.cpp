#include "anneal/io/reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "io/hts/sequence_index.h"
#include "io/hts/text_output.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class References : public testing::TestWithParam<const char*> {
 protected:
  References() {
    for (int i = 0; i < 5; ++i) {
      std::string sequence(i == 4 ? 200000 : 1 + generator_() % 500, 'A');
      for (char& letter : sequence) letter = "ACGTNacgt"[generator_() % 9];
      sequences_.push_back(sequence);
    }
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string contents(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& name, std::string_view text) const {
    hts::TextOutput output(path(name));
    output.write(text);
    output.commit();
  }
  std::string fasta(std::string_view line_end = "\n") const {
    std::string text;
    for (std::size_t i = 0; i < sequences_.size(); ++i) {
      text.append(">seq").append(std::to_string(i)).append(" a comment").append(line_end);
      for (std::size_t begin = 0; begin < sequences_[i].size(); begin += 61) {
        text.append(sequences_[i].substr(begin, 61)).append(line_end);
      }
    }
    return text;
  }
  std::string fastq() const {
    std::string text;
    for (std::size_t i = 0; i < sequences_.size(); ++i) {
      text.append("@seq").append(std::to_string(i)).append("\n").append(sequences_[i]).append("\n+\n");
      text.append(qualities(i)).append("\n");
    }
    return text;
  }
  std::string qualities(std::size_t i) const {
    std::string text = sequences_[i];
    for (char& letter : text) letter = static_cast<char>(letter == 'A' ? '@' : letter / 2 + 10);
    return text;
  }
  void check(const ReferenceReader& reader) {
    EXPECT_THAT(reader.names(), ElementsAre("seq0", "seq1", "seq2", "seq3", "seq4"));
    for (int i = 0; i < 300; ++i) {
      const std::size_t which = generator_() % sequences_.size();
      const auto length = static_cast<std::int64_t>(sequences_[which].size());
      Region region{.contig = "seq" + std::to_string(which)};
      region.begin = static_cast<std::int64_t>(generator_()) % length;
      region.end = region.begin + static_cast<std::int64_t>(generator_()) % (length - region.begin + 1);
      EXPECT_EQ(reader.length(region.contig), length);
      ASSERT_EQ(reader.fetch(region), sequences_[which].substr(static_cast<std::size_t>(region.begin),
                                                               static_cast<std::size_t>(region.end - region.begin)));
    }
    EXPECT_EQ(reader.fetch("seq4"), sequences_[4]);
    EXPECT_EQ(reader.fetch("seq4:2-3"), sequences_[4].substr(1, 2));
  }

  std::mt19937 generator_{9};
  std::vector<std::string> sequences_;
  test::TemporaryFolder folder_;
};

TEST_P(References, GiveTheLettersOfTheirFiles) {
  const std::string name = std::string("x.fa") + GetParam();
  for (const char* const line_end : {"\n", "\r\n"}) {
    write(name, fasta(line_end));
    const auto indices = hts::build_sequence_index(path(name));
    EXPECT_EQ(indices.size(), name.ends_with(".gz") ? 2u : 1u);
    check(ReferenceReader(path(name)));
  }
}

TEST_P(References, GiveTheQualitiesOfFastq) {
  const std::string name = std::string("x.fq") + GetParam();
  write(name, fastq());
  hts::build_sequence_index(path(name));
  const ReferenceReader reader(path(name));
  check(reader);
  for (std::size_t i = 0; i < sequences_.size(); ++i) {
    EXPECT_EQ(reader.fetch_quality({"seq" + std::to_string(i)}), qualities(i));
  }
}

TEST_P(References, HaveTheIndexOfSamtools) {
  if (std::system("samtools --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "samtools is not installed";
  const std::string name = std::string("x.fa") + GetParam();
  write(name, fasta());
  hts::build_sequence_index(path(name));
  fs::rename(path(name + ".fai"), path("own"));
  ASSERT_EQ(std::system(("samtools faidx '" + path(name) + "'").c_str()), 0);
  EXPECT_EQ(contents("own"), contents(name + ".fai"));
  check(ReferenceReader(path(name)));
}

TEST_P(References, NeedAnIndexThatBelongsToTheFile) {
  const std::string name = std::string("x.fa") + GetParam();
  write(name, fasta());
  const auto refusal = [&] { return thrown_by([&] { ReferenceReader reader(path(name)); }); };
  EXPECT_EQ(refusal().code, ErrorCode::invalid_input);
  EXPECT_THAT(refusal().line, AllOf(HasSubstr("has no index"), HasSubstr("anneal index")));
  for (const std::string& index : hts::build_sequence_index(path(name))) {
    fs::last_write_time(index, fs::last_write_time(path(name)) - std::chrono::seconds(5));
    EXPECT_THAT(refusal().line, HasSubstr("is older than"));
    fs::last_write_time(index, fs::last_write_time(path(name)));
  }
  EXPECT_NO_THROW(ReferenceReader(path(name)));

  const std::string index = contents(name + ".fai");
  const std::vector<std::string> others = {fasta().insert(0, ">seq0\n"), fasta().substr(0, 200500),
                                           fasta().append("ACGT\n"), ">seq0\nACGT\n", fasta().insert(0, "\n")};
  for (const std::string& other : others) {
    write(name, other);
    if (name.ends_with(".gz")) {
      if (std::system(("bgzip -r '" + path(name) + "' 2>/dev/null").c_str()) != 0)
        GTEST_SKIP() << "bgzip is not installed";
    }
    folder_.write(name + ".fai", index);
    EXPECT_THAT(refusal().line, HasSubstr("is not that of")) << other.substr(0, 30) << other.size();
  }
}

INSTANTIATE_TEST_SUITE_P(Compressions, References, testing::Values("", ".gz"),
                         [](const auto& suffix) { return *suffix.param == 0 ? "none" : "bgzf"; });

TEST_P(References, ResolveRegions) {
  const std::string name = std::string("x.fa") + GetParam();
  write(name, fasta());
  hts::build_sequence_index(path(name));
  const ReferenceReader reader(path(name));
  EXPECT_EQ(reader.resolve({"seq4"}), (Region{"seq4", 0, 200000}));
  EXPECT_EQ(reader.resolve({"seq4", 199999}), (Region{"seq4", 199999, 200000}));
  EXPECT_EQ(reader.resolve({"seq4", 3, 9}), (Region{"seq4", 3, 9}));
  for (const Region& outside : {Region{"seq4", 200000}, Region{"seq4", 0, 200001}, Region{"seq4", -1, 3},
                                Region{"seq4", 9, 3}, Region{"seq4", 300000, 300001}}) {
    const test::Thrown error = thrown_by([&] { reader.resolve(outside); });
    EXPECT_EQ(error.code, ErrorCode::invalid_argument);
    EXPECT_THAT(error.line, AllOf(HasSubstr("is outside the sequence 'seq4'"), HasSubstr("200000 letters")));
  }
  EXPECT_THAT(thrown_by([&] { reader.resolve({"seq9"}); }).line, HasSubstr("has no sequence 'seq9'"));
}

class BadReferences : public References {};

TEST_F(BadReferences, LackTheEndMarker) {
  write("x.fa.gz", fasta());
  const std::string whole = contents("x.fa.gz");
  hts::build_sequence_index(path("x.fa.gz"));
  constexpr std::size_t end_marker = 28;
  folder_.write("x.fa.gz", std::string_view(whole).substr(0, whole.size() - end_marker));
  for (const char* const index : {"x.fa.gz.fai", "x.fa.gz.gzi"}) {
    fs::last_write_time(path(index), fs::last_write_time(path("x.fa.gz")));
  }
  const test::Thrown error = thrown_by([this] { ReferenceReader(path("x.fa.gz")); });
  EXPECT_EQ(error.code, ErrorCode::invalid_input);
  EXPECT_THAT(error.line, AllOf(HasSubstr("x.fa.gz"), HasSubstr("no end marker")));
}

TEST_F(BadReferences, AreNotIndexed) {
  const auto refusal = [this](std::string_view text) {
    folder_.write("x.fa", text);
    const test::Thrown error = thrown_by([this] { hts::build_sequence_index(path("x.fa")); });
    EXPECT_FALSE(fs::exists(path("x.fa.fai")));
    return error.line;
  };
  EXPECT_THAT(refusal(">a\nAC\nACGT\n"), HasSubstr("line 3 of '" + path("x.fa") + "': it is longer"));
  EXPECT_THAT(refusal(">a\nACGT\nAC\nACGT\n"), HasSubstr("line 4 of '" + path("x.fa") + "': it follows a shorter one"));
  EXPECT_THAT(refusal(">a\nACGT\n\nACGT\n"), HasSubstr("line 4"));
  EXPECT_THAT(refusal(">a\nAC\n>b\nAC\n>a x\nAC\n"), AllOf(HasSubstr("line 5"), HasSubstr("'a' occurs twice")));
  EXPECT_THAT(refusal(">\nAC\n"), HasSubstr("it has no name"));
  EXPECT_THAT(refusal("@a\nAC\n+\nII\n@a\nAC\n+\nII\n"), AllOf(HasSubstr("record 2"), HasSubstr("'a' occurs twice")));
  EXPECT_THAT(refusal(">a\r\nAC\r\nAC\nAC\n"), HasSubstr("cannot be indexed"));
  EXPECT_THAT(refusal(""), HasSubstr("neither FASTA nor FASTQ"));
  EXPECT_THAT(refusal(test::gzip(">a\nAC\n")), AllOf(HasSubstr("compressed by gzip"), HasSubstr("bgzip")));
  EXPECT_THAT(refusal(test::zstd(">a\nAC\n")), HasSubstr("bgzip"));
  EXPECT_EQ(thrown_by([] { hts::build_sequence_index("-"); }).code, ErrorCode::invalid_argument);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(BadReferences, NameWhatTheyDoNotHave) {
  write("x.fa", fasta());
  hts::build_sequence_index(path("x.fa"));
  const ReferenceReader reader(path("x.fa"));
  EXPECT_THAT(thrown_by([&] { reader.fetch("seq9"); }).line, HasSubstr("has no sequence 'seq9'"));
  EXPECT_THAT(thrown_by([&] { reader.fetch("seq4:1-200001"); }).line,
              AllOf(HasSubstr("'seq4:1-200001' is outside"), HasSubstr("200000 letters")));
  EXPECT_THAT(thrown_by([&] { reader.fetch("seq4:200002"); }).line, HasSubstr("is outside"));
  EXPECT_THAT(thrown_by([&] { reader.fetch_quality({"seq4"}); }).line, HasSubstr("no qualities"));
  EXPECT_EQ(reader.fetch({"seq4", 5, 5}), "");
  EXPECT_THAT(thrown_by([&] { reader.fetch("seq4:200001"); }).line, HasSubstr("'seq4:200001' is outside"));
  for (const char* const bad :
       {"seq0\t5\n", "seq0\t5\t6\t0\t61\n", "seq0\t5\tx\t60\t61\n", "seq0\t5\t6\t60\t50\n", ""}) {
    folder_.write("x.fa.fai", bad);
    EXPECT_EQ(thrown_by([&] { ReferenceReader(path("x.fa")); }).code, ErrorCode::invalid_input) << bad;
  }
}

}  // namespace
}  // namespace anneal::io
