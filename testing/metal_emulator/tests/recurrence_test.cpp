// The recurrence that all GPUs share, src/align/recurrence, as MSL: its headers pass the front end, and what one of its
// programs finds is what the same program finds on the host.
#include <algorithm>
#include <array>
#include <random>

#include "align/recurrence/end_program.h"
#include "align/recurrence/letter_scores.h"
#include "gpu.h"
#include "recurrence_source.h"

namespace metal_emulator {
namespace {

namespace recurrence = anneal::align::recurrence;

using Form = recurrence::Form<2, true, 8, 64>;
using Scores = recurrence::LetterScores<Form, 8>;
using Program = recurrence::EndProgram<recurrence::Strip<Form, Scores>, 32, false>;
using Letters = std::vector<unsigned char>;

constexpr int match = 2, mismatch = 3, gap_open = 5, gap_extend = 1;

struct TestPairs {
  std::uint32_t query[2], target[2];
  std::int32_t query_length[2], target_length[2];
  std::uint32_t borders;
};
using Ends = std::array<std::int32_t, 3>;  // score, query end, target end

/// Random pairs of letters, similar ones among them, each at a multiple of 4.
struct Batch {
  explicit Batch(unsigned groups) {
    std::mt19937 random(1);
    for (unsigned group = 0; group < groups; ++group) {
      TestPairs pair{};
      for (int part = 0; part < 2; ++part) {
        Letters query(random() % 600), target(random() % 400);
        for (auto& letter : query) letter = random() % 4;
        for (std::size_t k = 0; k < target.size(); ++k) {
          target[k] = k < query.size() && random() % 8 != 0 ? query[k] : random() % 5;
        }
        pair.query[part] = add(query);
        pair.target[part] = add(target);
        pair.query_length[part] = static_cast<std::int32_t>(query.size());
        pair.target_length[part] = static_cast<std::int32_t>(target.size());
      }
      pair.borders = border_count;
      border_count += 2 * static_cast<std::uint32_t>(std::max(pair.target_length[0], pair.target_length[1]));
      pairs.push_back(pair);
    }
    parameters.penalties = recurrence::penalties_of<Form>(gap_open, gap_extend, gap_open + gap_extend);
    parameters.gap_open = gap_open;
    parameters.gap_extend = gap_extend;
    parameters.highest_exact = Form::highest_exact(match);
    recurrence::fill_letter_words(match, mismatch, gap_open + gap_extend, words);
  }

  std::uint32_t add(const Letters& sequence) {
    const auto place = static_cast<std::uint32_t>(letters.size());
    letters.insert(letters.end(), sequence.begin(), sequence.end());
    letters.resize((letters.size() + 7) / 4 * 4);
    return place;
  }

  /// On the host, where lanes are emulated by loops.
  std::vector<Ends> find_ends() const {
    std::vector<recurrence::Border> borders(border_count);
    std::vector<Ends> all;
    for (const TestPairs& pair : pairs) {
      Program::Job job{};
      for (int part = 0; part < 2; ++part) {
        job.query[part] = letters.data() + pair.query[part];
        job.target[part] = letters.data() + pair.target[part];
        job.query_length[part] = pair.query_length[part];
        job.target_length[part] = pair.target_length[part];
      }
      job.borders = borders.data() + pair.borders;
      recurrence::EndCell ends[2];
      Program(job, parameters, words).run(ends);
      for (const recurrence::EndCell& end : ends) all.push_back({end.score, end.query_end, end.target_end});
    }
    return all;
  }

  Letters letters;
  std::vector<TestPairs> pairs;
  std::uint32_t border_count = 0;
  recurrence::EndParameters parameters;
  recurrence::Word words[recurrence::letter_words];
};

class Recurrence : public EmulatorTest, public testing::WithParamInterface<Order> {};

TEST_P(Recurrence, FindsWhatItFindsOnTheHost) {
  for (const bool checks : {false, true}) {
    adjust([checks](Settings& settings) {
      settings.checks = checks;
      settings.order = GetParam();
    });
    Gpu gpu;
    ASSERT_EQ(gpu.compile(recurrence_source({"end_program.h", "letter_scores.h"}) + kernel_source("find_ends.metal")),
              "");
    const Batch batch(checks ? 3 : 20);
    const BufferRef letters = gpu.buffer_of(batch.letters), pairs = gpu.buffer_of(batch.pairs);
    const BufferRef borders =
        gpu.buffer(batch.border_count * sizeof(recurrence::Border) + 8, MTL::ResourceStorageModePrivate);
    const BufferRef results = gpu.buffer(batch.pairs.size() * 2 * sizeof(Ends));
    const BufferRef words =
        gpu.buffer_of(std::vector<recurrence::Word>(std::begin(batch.words), std::end(batch.words)));
    Launch launch{{letters.get(), pairs.get(), borders.get(), results.get(), words.get()}, bytes_of(batch.parameters)};
    launch.threads = {32 * batch.pairs.size(), 1, 1};
    ASSERT_EQ(gpu.run("find_ends", launch), "");
    EXPECT_EQ(contents<Ends>(results.get()), batch.find_ends());
  }
}

INSTANTIATE_TEST_SUITE_P(Orders, Recurrence, testing::Values(Order::forward, Order::reverse, Order::random));

struct ProgramOfKernels {
  const char* name;
  std::vector<std::string> headers;
  const char* instance;
  bool is_strict;  ///< path_program.h returns a whole struct of device memory, which the strict pass cannot take
};
void PrintTo(const ProgramOfKernels& program, std::ostream* stream) { *stream << program.name; }

class Programs : public EmulatorTest, public testing::WithParamInterface<ProgramOfKernels> {};

TEST_P(Programs, AreMetal) {
  adjust([](Settings& settings) { settings.strict_address_spaces = GetParam().is_strict; });
  Gpu gpu;
  const std::string instance = std::string("template class ") + GetParam().instance + ";";
  EXPECT_EQ(gpu.compile(recurrence_source(GetParam().headers) +
                        "namespace anneal { namespace align { namespace recurrence {\n" + instance + "\n}}}\n"),
            "");
}

INSTANTIATE_TEST_SUITE_P(
    Recurrence, Programs,
    testing::Values(
        ProgramOfKernels{"Ends",
                         {"end_program.h", "letter_scores.h"},
                         "EndProgram<Strip<Form<2, true, 1, 64>, LetterScores<Form<2, true, 1, 64>, 8>>, 32, false>",
                         true},
        ProgramOfKernels{
            "EndsByMatrix",
            {"end_program.h", "matrix_scores.h"},
            "EndProgram<Strip<Form<1, true, 8, 64>, MatrixScores<Form<1, true, 8, 64>, 8, 32>>, 32, false>",
            true},
        ProgramOfKernels{
            "DustyEnds",
            {"end_program.h", "paired_letter_scores.h"},
            "EndProgram<Strip<Form<2, true, 256, 64, false>, PairedLetterScores<Form<2, true, 256, 64, false>, "
            "8>>, 32, false>",
            true},
        ProgramOfKernels{
            "Extensions", {"extend_program.h", "extend_scores.h"}, "ExtendProgram<AnyLetterScores<8>, 32, 8>", true},
        ProgramOfKernels{"ExtensionsInMemory", {"extend_rows_program.h"}, "ExtendRowsProgram<32>", true},
        ProgramOfKernels{"EndsInMemory", {"rows_end_program.h"}, "RowsEndProgram<32>", true},
        ProgramOfKernels{"Paths",
                         {"path_program.h", "letter_scores.h"},
                         "PathProgram<PathStrip<PathForm<2>, LetterScores<PathForm<2>, 8>>, 32, false, false>",
                         false},
        ProgramOfKernels{"RetracedPaths",
                         {"path_program.h", "letter_scores.h"},
                         "PathProgram<PathStrip<PathForm<1>, LetterScores<PathForm<1>, 8>>, 32, true, true>",
                         false}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace metal_emulator
