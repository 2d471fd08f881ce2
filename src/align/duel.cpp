#include "align/duel.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>

#include "align/self_test.h"

namespace anneal::align {
namespace {

constexpr std::size_t most_pairs = std::size_t{1} << 18;  // of calibrate()
constexpr std::size_t letters_kept = std::size_t{1} << 21;

}  // namespace

AlignOptions usual_options(const WorkKind& kind) {
  AlignOptions options{.mode = kind.mode, .output = kind.output, .band = kind.band};
  if (!kind.nucleotides) {
    options.matrix = SubstitutionMatrix::builtin("BLOSUM62");
    options.gap_open = 11;
  }
  if (kind.two_pieces) options.second_gap = GapCost{24, 1};
  if (is_extension(kind.mode)) {
    options.zdrop = 100;
    options.end_bonus = 5;
  }
  return options;
}

Duel::Duel(const WorkKind& kind, const Engine& cpu, const Engine& gpu, const RunControl& control)
    : kind_(kind), cpu_(cpu), gpu_(gpu), control_(control), options_(usual_options(kind)) {}

Calibration Duel::calibrate() {
  return align::calibrate(
      kind_.length, [this](std::size_t pairs, int length) { return time_cpu(pairs, length); },
      [this](std::size_t pairs, int length) { return time_gpu(pairs, length); });
}

double Duel::time_cpu(std::size_t pairs, int length) {
  expected_length_ = length;
  return time(cpu_, pairs, length, expected_);
}

double Duel::time_gpu(std::size_t pairs, int length) {
  const double seconds = time(gpu_, pairs, length, found_);
  if (!found_.warning.empty()) throw Error(ErrorCode::device_failed, found_.warning);
  const bool is_same_batch = expected_length_ == length && expected_.size() == pairs;
  if (is_same_batch && !equal(expected_, found_)) {
    throw Error(ErrorCode::device_failed,
                fmt::format("{} found other alignments than {} ({})", gpu_.name(), cpu_.name(), to_string(kind_)));
  }
  return seconds;
}

const SamplePairs& Duel::sample(int length) {
  if (const auto known = samples_.find(length); known != samples_.end()) return known->second;
  const auto letters = static_cast<std::size_t>(length);
  const SampleShape shape{.alphabet = kind_.nucleotides ? Alphabet::dna : Alphabet::protein,
                          .pairs = most_pairs,
                          .query_length = letters,
                          .target_length = letters,
                          .one_query = kind_.one_query};
  return samples_.try_emplace(length, shape, letters_kept / (2 * letters)).first->second;
}

double Duel::time(const Engine& engine, std::size_t pairs, int length, AlignResults& results) {
  const Batch batch(sample(length).batch(pairs, kind_.mode), options_);
  const auto begin = std::chrono::steady_clock::now();
  engine.execute(batch, options_, {.stop = control_.stop}, results);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace anneal::align
