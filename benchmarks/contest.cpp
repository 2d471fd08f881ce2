#include "contest.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>

namespace anneal::bench {
namespace {

double timed_rate(const Contestant& contestant, const Workload& workload, std::vector<Answer>& answers) {
  const auto start = std::chrono::steady_clock::now();
  contestant.run(workload, answers);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<double>(answers.size()) / elapsed.count();
}

AlignResults reference_results(const Contest& contest, std::size_t count) {
  AlignOptions options = contest.options;
  options.output = Output::end;
  const auto queries = contest.workload->queries(count), targets = contest.workload->targets(count);
  return Aligner(options, {.backend = "scalar", .threads = 1}).align({.queries = queries, .targets = targets});
}

// Only anneal itself is out for other ends.
bool judge(Entry& entry, const std::vector<Answer>& answers, const AlignResults& reference) {
  entry.wrong = entry.other_ends = 0;
  for (std::size_t pair = 0; pair < answers.size(); ++pair) {
    const Answer& answer = answers[pair];
    const Alignment& expected = reference[pair];
    if (answer.score != expected.score) {
      ++entry.wrong;
    } else if (answer.target_end >= 0 && expected.status == Status::aligned) {
      entry.other_ends += answer.query_end != expected.query_end || answer.target_end != expected.target_end;
    }
  }
  return entry.wrong == 0 && (entry.other_ends == 0 || entry.contestant.peer != "anneal");
}

void keep_fastest(Contest& contest, std::size_t keep) {
  std::map<std::string, std::vector<Entry*>> by_peer;
  for (Entry& entry : contest.entries) {
    if (entry.qualified) by_peer[entry.contestant.peer].push_back(&entry);
  }
  for (auto& [peer, entries] : by_peer) {
    if (peer == "anneal" || entries.size() <= keep) continue;
    std::ranges::sort(entries, std::greater(), &Entry::qualifying_rate);
    for (std::size_t place = keep; place < entries.size(); ++place) entries[place]->qualified = false;
  }
}

}  // namespace

double Entry::median_rate() const {
  if (rates.empty()) return 0;
  std::vector<double> sorted = rates;
  std::ranges::sort(sorted);
  return (sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2]) / 2;
}

void Contest::add(std::vector<Contestant> contestants) {
  for (Contestant& contestant : contestants) add(std::move(contestant));
}

const Entry* Contest::best(bool of_anneal) const {
  const Entry* best = nullptr;
  for (const Entry& entry : entries) {
    if (entry.rates.empty() || (entry.contestant.peer == "anneal") != of_anneal) continue;
    if (best == nullptr || entry.median_rate() > best->median_rate()) best = &entry;
  }
  return best;
}

void qualify(Contest& contest, std::size_t checked, std::size_t keep) {
  const std::size_t count = std::min(checked, contest.workload->size());
  const AlignResults reference = reference_results(contest, count);
  for (Entry& entry : contest.entries) {
    std::vector<Answer> answers(count);
    try {
      entry.qualifying_rate = timed_rate(entry.contestant, *contest.workload, answers);
    } catch (const std::exception& error) {
      entry.failure = error.what();
      continue;
    }
    entry.qualified = judge(entry, answers, reference);
  }
  keep_fastest(contest, keep);
}

void compete(Contest& contest, int rounds) {
  const AlignResults reference = reference_results(contest, contest.workload->size());
  std::vector<Answer> answers(contest.workload->size());
  for (int round = 0; round < rounds; ++round) {
    for (Entry& entry : contest.entries) {
      if (!entry.qualified) continue;
      const double rate = timed_rate(entry.contestant, *contest.workload, answers);
      if (round == 0) entry.qualified = judge(entry, answers, reference);
      if (entry.qualified) entry.rates.push_back(rate);
    }
  }
}

}  // namespace anneal::bench
