#include "contest.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>

#include "clock.h"
#include "judge.h"

namespace anneal::bench {
namespace {

double timed_rate(const Contest& contest, const Entry& entry, std::vector<Answer>& answers) {
  const auto start = std::chrono::steady_clock::now();
  entry.contestant.run(contest.workload, answers, Paths::discard);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<double>(answers.size()) / elapsed.count();
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
  for (Contestant& contestant : contestants) entries.push_back({.contestant = std::move(contestant)});
}

const Entry* Contest::best_of(const std::string& peer) const {
  const Entry* best = nullptr;
  for (const Entry& entry : entries) {
    if (entry.rates.empty() || entry.contestant.peer != peer) continue;
    if (best == nullptr || entry.median_rate() > best->median_rate()) best = &entry;
  }
  return best;
}

std::vector<std::string> Contest::peers() const {
  std::vector<std::string> names;
  for (const Entry& entry : entries) {
    const std::string& peer = entry.contestant.peer;
    if (peer != "anneal" && !entry.rates.empty() && std::ranges::find(names, peer) == names.end())
      names.push_back(peer);
  }
  std::ranges::sort(names, std::greater(), [&](const std::string& peer) { return best_of(peer)->median_rate(); });
  return names;
}

void qualify(Contest& contest, std::uint64_t cells, std::size_t keep) {
  const std::size_t count = contest.workload.pairs_within(cells, contest.options.band);
  const AlignResults reference = reference_results(contest, count);
  for (Entry& entry : contest.entries) {
    std::vector<Answer> answers(count);
    try {
      entry.contestant.run(contest.workload, answers, Paths::keep);  // and warms it up
      entry.qualified = judge(entry, contest, answers, reference, Paths::keep);
      if (entry.qualified) entry.qualifying_rate = timed_rate(contest, entry, answers);
    } catch (const std::exception& error) {
      entry.failure = error.what();
    }
  }
  keep_fastest(contest, keep);
}

void compete(Contest& contest, int rounds) {
  const AlignResults reference = reference_results(contest, contest.workload.size());
  const double hertz_before = measured_hertz();
  std::vector<Answer> answers(contest.workload.size());
  for (int round = 0; round < rounds; ++round) {
    for (Entry& entry : contest.entries) {
      if (!entry.qualified) continue;
      std::ranges::fill(answers, Answer{});  // nobody's answers stand for the next one's
      const double rate = timed_rate(contest, entry, answers);
      if (round == 0) entry.qualified = judge(entry, contest, answers, reference, Paths::discard);
      if (entry.qualified) entry.rates.push_back(rate);
    }
  }
  contest.hertz = (hertz_before + measured_hertz()) / 2;
}

}  // namespace anneal::bench
