// Reports the progress of a long call, and stops one.
#include <cstdint>
#include <cstdio>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"

int main() {
  const std::string query = "ACGTTGCAAC", target = "ACGTTTGCAAC";
  const std::vector<std::string_view> queries(20'000, query), targets(20'000, target);
  const anneal::Aligner aligner({.output = anneal::Output::end}, {.threads = 2});
  anneal::AlignResults results;  // reused by every call

  // Called from the aligner's threads, one call at a time.
  std::uint64_t last = 0;
  aligner.align({queries, targets}, results, {.progress = [&](std::uint64_t done, std::uint64_t) { last = done; }});
  std::printf("%llu of %zu pairs done\n", static_cast<unsigned long long>(last), results.size());

  // Anything may request the stop: another thread, a signal's handler thread, or the callback itself.
  std::stop_source stop;
  try {
    aligner.align({queries, targets}, results,
                  {.stop = stop.get_token(), .progress = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); }});
  } catch (const anneal::Error& error) {
    std::printf("%s\n", error.what());
    return error.code() == anneal::ErrorCode::cancelled ? 0 : 1;
  }
  return 1;
}
