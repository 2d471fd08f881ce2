#include "alignment.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>

namespace metal_emulator {
namespace {

constexpr int letters = 5;

struct Pair {
  std::vector<std::uint8_t> query, target;
};
using Result = std::array<std::int32_t, 4>;  // score, query end, target end, 0

struct Parameters {
  std::uint32_t batch, max_target;
  std::int32_t gap_first, gap_next;
};

std::vector<signed char> matrix() {
  std::vector<signed char> scores;
  for (int q = 0; q < letters; ++q) {
    for (int t = 0; t < letters; ++t) scores.push_back(q == 4 || t == 4 ? 0 : q == t ? 2 : -3);
  }
  return scores;
}

std::vector<Pair> random_pairs(unsigned count) {
  std::mt19937 random(7);
  std::vector<Pair> pairs(count);
  for (Pair& pair : pairs) {
    const unsigned length = 1 + random() % 150;
    for (unsigned k = 0; k < length; ++k) {
      pair.target.push_back(random() % 40 == 0 ? 4 : random() % 4);
      const unsigned change = random() % 20;
      if (change == 1) pair.query.push_back(random() % 4);
      if (change != 0) pair.query.push_back(change == 2 ? random() % letters : pair.target.back());
    }
    if (pair.query.empty()) pair.query.push_back(1);
  }
  return pairs;
}

Result align(const Pair& pair, const Parameters& p, const std::vector<signed char>& scores) {
  constexpr int none = -(1 << 20);
  const std::size_t columns = pair.target.size();
  std::vector<int> h(columns + 1, 0), f(columns + 1, none);
  Result best{0, -1, -1, 0};
  for (std::size_t i = 0; i < pair.query.size(); ++i) {
    int diagonal = 0, e = none;
    for (std::size_t j = 1; j <= columns; ++j) {
      f[j] = std::max(h[j] - p.gap_first, f[j] - p.gap_next);
      e = std::max(h[j - 1] - p.gap_first, e - p.gap_next);
      const int match = diagonal + scores[static_cast<std::size_t>(pair.query[i] * letters + pair.target[j - 1])];
      diagonal = h[j];
      h[j] = std::max({0, match, e, f[j]});
      if (h[j] > best[0]) best = {h[j], static_cast<int>(i), static_cast<int>(j) - 1, 0};
    }
  }
  return best;
}

/// Pairs, the parameters that they are aligned with, and what comes of it.
struct Task {
  explicit Task(unsigned count) : pairs(random_pairs(count)), parameters{count, 0, 6, 1} {
    for (const Pair& pair : pairs) {
      max_query = std::max(max_query, pair.query.size());
      parameters.max_target = std::max(parameters.max_target, static_cast<std::uint32_t>(pair.target.size()));
    }
  }

  std::size_t count_wrong(MTL::Buffer* results) const {
    const auto found = contents<Result>(results);
    std::size_t wrong = 0;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      if (found[k] != align(pairs[k], parameters, scores)) ++wrong;
    }
    return wrong;
  }

  std::vector<Pair> pairs;
  Parameters parameters;
  std::size_t max_query = 0;
  std::vector<signed char> scores = matrix();
};

std::vector<std::uint8_t> interleaved(const std::vector<Pair>& pairs, std::vector<std::uint8_t> Pair::* side,
                                      std::size_t length) {
  std::vector<std::uint8_t> all(length * pairs.size());
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    for (std::size_t k = 0; k < (pairs[a].*side).size(); ++k) all[k * pairs.size() + a] = (pairs[a].*side)[k];
  }
  return all;
}

std::vector<std::uint16_t> lengths(const std::vector<Pair>& pairs, std::vector<std::uint8_t> Pair::* side) {
  std::vector<std::uint16_t> all;
  for (const Pair& pair : pairs) all.push_back(static_cast<std::uint16_t>((pair.*side).size()));
  return all;
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Outcome& outcome) {
  return stream << outcome.wrong << " wrong; " << outcome.error;
}

Outcome align_in_threads(Gpu& gpu, const std::string& source, unsigned pairs) {
  if (std::string error = gpu.compile(source); !error.empty()) return {error};
  const Task work(pairs);
  const std::uint32_t max_target = work.parameters.max_target;
  const BufferRef queries = gpu.buffer_of(interleaved(work.pairs, &Pair::query, work.max_query));
  const BufferRef targets = gpu.buffer_of(interleaved(work.pairs, &Pair::target, max_target));
  const BufferRef query_lengths = gpu.buffer_of(lengths(work.pairs, &Pair::query));
  const BufferRef target_lengths = gpu.buffer_of(lengths(work.pairs, &Pair::target));
  const BufferRef results = gpu.buffer(pairs * sizeof(Result));
  const BufferRef row = gpu.buffer(std::size_t{4} * max_target * pairs, MTL::ResourceStorageModePrivate);
  const BufferRef scores = gpu.buffer_of(work.scores);
  Launch launch{
      {queries.get(), targets.get(), query_lengths.get(), target_lengths.get(), results.get(), row.get(), scores.get()},
      bytes_of(work.parameters)};
  launch.group = {64, 1, 1};
  launch.threads = {(pairs + 63) / 64 * 64, 1, 1};
  const std::string error = gpu.run("align_in_thread", launch);
  return {error, error.empty() ? work.count_wrong(results.get()) : 0};
}

Outcome align_in_simdgroups(Gpu& gpu, const std::string& source, unsigned pairs) {
  if (std::string error = gpu.compile(source); !error.empty()) return {error};
  const Task work(pairs);
  std::vector<std::uint8_t> all;
  std::vector<std::array<std::uint32_t, 4>> jobs;
  const auto add = [&all](const std::vector<std::uint8_t>& sequence) {
    const auto place = static_cast<std::uint32_t>(all.size());
    all.insert(all.end(), sequence.begin(), sequence.end());
    return place;
  };
  for (const Pair& pair : work.pairs) {
    const std::uint32_t query = add(pair.query), target = add(pair.target);
    jobs.push_back(
        {query, static_cast<std::uint32_t>(pair.query.size()), target, static_cast<std::uint32_t>(pair.target.size())});
  }
  const BufferRef sequences = gpu.buffer_of(all), job_buffer = gpu.buffer_of(jobs);
  const BufferRef results = gpu.buffer(pairs * sizeof(Result));
  const BufferRef border =
      gpu.buffer(std::size_t{8} * work.parameters.max_target * pairs, MTL::ResourceStorageModePrivate);
  const BufferRef scores = gpu.buffer_of(work.scores);
  Launch launch{{sequences.get(), job_buffer.get(), results.get(), border.get(), scores.get()},
                bytes_of(work.parameters)};
  launch.group = {128, 1, 1};
  launch.threads = {(pairs + 3) / 4 * 128, 1, 1};
  const std::string error = gpu.run("align_in_simdgroup", launch);
  return {error, error.empty() ? work.count_wrong(results.get()) : 0};
}

Outcome multiply_matrices(Gpu& gpu, const std::string& source) {
  if (std::string error = gpu.compile(source); !error.empty()) return {error};
  constexpr std::size_t m = 50, n = 37, depth = 45;
  std::mt19937 random(1);
  const auto values = [&random](std::size_t count) {
    std::vector<float> all(count);
    for (float& value : all) value = static_cast<float>(static_cast<int>(random() % 17) - 8);
    return all;
  };
  const auto a = values(m * depth), b = values(depth * n);
  const BufferRef left = gpu.buffer_of(a), right = gpu.buffer_of(b), product = gpu.buffer(m * n * sizeof(float));
  const std::array<std::uint32_t, 4> sizes{m, n, depth, 0};
  Launch launch{{left.get(), right.get(), product.get()}, bytes_of(sizes)};
  launch.group = {16, 16, 1};
  launch.threads = {(n + 15) / 16 * 16, (m + 15) / 16 * 16, 1};
  Outcome outcome{gpu.run("matrix_product", launch)};
  const auto found = contents<float>(product.get());
  for (std::size_t i = 0; outcome.error.empty() && i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < depth; ++k) sum += a[i * depth + k] * b[k * n + j];
      if (sum != found[i * n + j]) ++outcome.wrong;
    }
  }
  return outcome;
}

}  // namespace metal_emulator
