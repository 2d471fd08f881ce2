// The recurrence that all GPUs share, src/align/recurrence, as MSL: its headers pass the front end, and what one of its
// programs finds is what the same program finds on the host.
#include <algorithm>
#include <array>
#include <filesystem>
#include <random>
#include <set>

#include "align/recurrence/end_program.h"
#include "align/recurrence/letter_table.h"
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
      border_count +=
          2 * static_cast<std::uint32_t>((std::max(pair.target_length[0], pair.target_length[1]) + 3) / 4 * 4);
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
  for (const bool checks : {false}) {
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

TEST_F(EmulatorTest, GroupsAreOfAnyWidthAndAlone) {
  adjust([](Settings& settings) { settings.checks = true; });
  using Group = recurrence::PerLane<std::int32_t, 8>;
  using Found = std::array<std::int32_t, 5>;
  std::mt19937 random(1);
  std::vector<std::int32_t> values(64);
  for (auto& value : values) value = static_cast<std::int32_t>(random() % 1000);
  Gpu gpu;
  ASSERT_EQ(gpu.compile(recurrence_source({"compat.h"}) + kernel_source("group_functions.metal")), "");
  const BufferRef results = gpu.buffer(values.size() * sizeof(Found));
  const BufferRef given = gpu.buffer_of(values);
  Launch launch{{given.get(), results.get()}, {}};
  launch.threads = {values.size(), 1, 1};
  ASSERT_EQ(gpu.run("ask_group", launch), "");
  const std::vector<Found> found = contents<Found>(results.get());
  for (int first = 8; first < 64; first += 16) {
    Group group;
    for (int lane = 0; lane < 8; ++lane) group[lane] = values[static_cast<std::size_t>(first + lane)];
    Group below = from_below(group, 2), below_or_edge = from_below(group, 2, -1), above = from_above(group, -2);
    for (int lane = 0; lane < 8; ++lane) {
      const Found expected = {below[lane], below_or_edge[lane], above[lane], group[5], group_max(group)};
      EXPECT_EQ(found[static_cast<std::size_t>(first + lane)], expected) << first + lane;
    }
  }
}

/// What kernels are made of: all headers but those for hosts.
std::vector<std::string> device_headers() {
  const std::set<std::string> for_hosts = {"boundary.h", "extend_parameters.h", "letter_table.h", "matrix_table.h",
                                           "trace.h"};
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(ANNEAL_SOURCES "/align/recurrence")) {
    const std::string name = file.path().filename();
    if (file.is_regular_file() && for_hosts.count(name) == 0) names.push_back(name);
  }
  return names;
}

TEST_F(EmulatorTest, RecurrenceHeadersAreMetal) {
  adjust([](Settings& settings) { settings.strict_address_spaces = true; });
  Gpu gpu;
  EXPECT_GT(device_headers().size(), 20u);
  for (const std::string& header : device_headers()) EXPECT_EQ(gpu.compile(recurrence_source({header})), "") << header;
}

struct ProgramOfKernels {
  const char* name;
  std::vector<std::string> headers;
  const char* instance;
};
void PrintTo(const ProgramOfKernels& program, std::ostream* stream) { *stream << program.name; }

class Programs : public EmulatorTest, public testing::WithParamInterface<ProgramOfKernels> {};

TEST_P(Programs, AreMetal) {
  adjust([](Settings& settings) { settings.strict_address_spaces = true; });
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
                         "EndProgram<Strip<Form<2, true, 1, 64>, LetterScores<Form<2, true, 1, 64>, 8>>, 32, false>"},
        ProgramOfKernels{
            "EndsByMatrix",
            {"end_program.h", "matrix_scores.h"},
            "EndProgram<Strip<Form<1, true, 8, 64>, MatrixScores<Form<1, true, 8, 64>, 8, 32>>, 32, false>"},
        ProgramOfKernels{
            "DustyEnds",
            {"end_program.h", "paired_letter_scores.h"},
            "EndProgram<Strip<Form<2, true, 256, 64, false>, PairedLetterScores<Form<2, true, 256, 64, false>, "
            "8>>, 32, false>"},
        ProgramOfKernels{
            "Extensions", {"extend_program.h", "extend_scores.h"}, "ExtendProgram<AnyLetterScores<8>, 32, 8>"},
        ProgramOfKernels{"ExtensionsInMemory", {"extend_rows_program.h"}, "ExtendRowsProgram<32>"},
        ProgramOfKernels{"EndsInMemory", {"rows_end_program.h"}, "RowsEndProgram<32>"},
        ProgramOfKernels{"Paths",
                         {"path_program.h", "letter_scores.h"},
                         "PathProgram<PathStrip<PathForm<2>, LetterScores<PathForm<2>, 8>>, 32, false, false>"},
        ProgramOfKernels{"RetracedPaths",
                         {"path_program.h", "letter_scores.h"},
                         "PathProgram<PathStrip<PathForm<1>, LetterScores<PathForm<1>, 8>>, 32, true, true>"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace metal_emulator
