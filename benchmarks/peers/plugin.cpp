#include "peers/plugin.h"

#include <dlfcn.h>
#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>

#include "peers/codes.h"
#include "peers/plugins.h"

namespace anneal::bench {
namespace {

constexpr std::size_t most_offers = 32;

[[noreturn]] void unusable(const std::string& file, const std::string& reason) {
  throw std::runtime_error(fmt::format("plugin '{}' {}", file, reason));
}

template <typename Function>
Function* function_of(void* library, const char* name, const std::string& file) {
  void* found = dlsym(library, name);
  if (found == nullptr) unusable(file, fmt::format("lacks the function {} of benchmarks/peers/plugin.h", name));
  return reinterpret_cast<Function*>(found);
}

anneal_bench_work work_of(const AlignOptions& options, const std::vector<std::int8_t>& scores) {
  const SubstitutionMatrix& matrix = options.matrix;
  const bool dna = matrix.alphabet() == Alphabet::dna;
  return {.mode = options.mode == Mode::local    ? ANNEAL_BENCH_LOCAL
                  : options.mode == Mode::global ? ANNEAL_BENCH_GLOBAL
                                                 : ANNEAL_BENCH_EXTEND,
          .output = options.output == Output::score ? ANNEAL_BENCH_SCORE
                    : options.output == Output::end ? ANNEAL_BENCH_END
                                                    : ANNEAL_BENCH_PATH,
          .alphabet = dna ? ANNEAL_BENCH_DNA : ANNEAL_BENCH_PROTEIN,
          .matrix = dna ? "" : matrix.name().c_str(),
          .match = dna ? matrix.score(0, 0) : 0,
          .mismatch = dna ? -matrix.score(0, 1) : 0,
          .letters = matrix.letters().c_str(),
          .letter_count = matrix.size(),
          .scores = scores.data(),
          .gap_open = options.gap_open,
          .gap_extend = options.gap_extend,
          .band = options.band,
          .zdrop = options.zdrop,
          .end_bonus = options.end_bonus};
}

// The pairs and answers of a run in C's form; kept between runs, so that they cost nearly nothing.
struct Exchange {
  std::vector<anneal_bench_sequence> queries, targets;
  std::vector<anneal_bench_answer> answers;

  anneal_bench_pairs take(const Workload& workload, std::size_t count) {
    const auto sequence = [](std::string_view letters) {
      return anneal_bench_sequence{letters.data(), static_cast<std::int32_t>(letters.size())};
    };
    queries.clear(), targets.clear();
    for (std::size_t pair = 0; pair < count; ++pair) {
      queries.push_back(sequence(workload.queries()[pair]));
      targets.push_back(sequence(workload.targets()[pair]));
    }
    anneal_bench_answer nothing = {};
    nothing.query_end = nothing.target_end = -1;
    answers.assign(count, nothing);
    return {count, queries.data(), targets.data(), workload.h0().data()};
  }
};

Answer answer_of(const anneal_bench_answer& found, Paths paths) {
  Answer answer = {.score = found.score,
                   .query_end = found.query_end,
                   .target_end = found.target_end,
                   .extension = {found.global_score, found.global_target_end, found.max_off}};
  if (paths == Paths::discard) return answer;
  answer.query_begin = found.query_begin;
  answer.target_begin = found.target_begin;
  answer.path = from_bam(found.path, static_cast<int>(found.path_runs));
  return answer;
}

Contestant contestant_of(const anneal_bench_contestant& offer) {
  const auto exchange = std::make_shared<Exchange>();
  const auto run = [=](const Workload& workload, std::vector<Answer>& answers, Paths paths) {
    const anneal_bench_pairs pairs = exchange->take(workload, answers.size());
    const char* failure = offer.run(offer.state, &pairs, exchange->answers.data(), paths == Paths::keep);
    if (failure != nullptr) throw std::runtime_error(failure);
    for (std::size_t pair = 0; pair < answers.size(); ++pair) {
      answers[pair] = answer_of(exchange->answers[pair], paths);
    }
  };
  return {offer.peer, offer.name, run, offer.other_rules};
}

}  // namespace

Plugin::Plugin(const std::string& file) : file_(file) {
  // With a slash, or dlopen looks for it among the system's libraries.
  void* library = dlopen(std::filesystem::absolute(file).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) unusable(file, fmt::format("cannot be loaded: {}", dlerror()));
  const int version = function_of<int()>(library, "anneal_bench_version", file)();
  if (version != ANNEAL_BENCH_VERSION) {
    unusable(file, fmt::format("was built for version {} of benchmarks/peers/plugin.h, which is {} now: build it again",
                               version, ANNEAL_BENCH_VERSION));
  }
  offer_ = function_of<Offer>(library, "anneal_bench_offer", file);
}

std::vector<Contestant> Plugin::contestants(const AlignOptions& options) const {
  if (options.mode == Mode::ends_free) return {};
  const std::vector<std::int8_t> scores = flat_scores(options.matrix);
  const anneal_bench_work work = work_of(options, scores);
  std::array<anneal_bench_contestant, most_offers> offers = {};
  const std::size_t count = offer_(&work, offers.data(), offers.size());
  if (count > offers.size())
    unusable(file_, fmt::format("offers {} kernels; at most {} have room", count, most_offers));
  std::vector<Contestant> contestants;
  for (const anneal_bench_contestant& offer : std::span(offers).first(count)) {
    if (!offer.peer || !offer.name || !offer.other_rules || !offer.run) {
      unusable(file_, "leaves a field of an offer empty: peer, name, other_rules and run have to be set");
    }
    contestants.push_back(contestant_of(offer));
  }
  return contestants;
}

}  // namespace anneal::bench
