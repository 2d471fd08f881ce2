// Reads or rewrites a file of sequences with the library, for benchmarks/io.py.
//
//   bench_io count FILE THREADS          records and bases
//   bench_io copy FILE THREADS OUTPUT    the same records written to OUTPUT
//
// Prints records, bases, seconds of wall clock and, of all threads, of the processor.
#include <anneal/error.h>
#include <anneal/io/sequences.h>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>

namespace {

namespace io = anneal::io;

struct Answer {
  std::uint64_t records = 0;
  std::uint64_t bases = 0;
};

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

Answer count(const std::string& path, int threads) {
  io::SequenceFile file(path, {.threads = io::IoThreads(threads)});
  Answer answer;
  for (io::SequenceBatch batch; file.read(batch, any_number);) {
    answer.records += batch.size();
    for (const io::SequenceRecord& record : batch) answer.bases += record.sequence.size();
  }
  return answer;
}

Answer copy(const std::string& path, int threads, const std::string& output) {
  io::SequenceFile file(path);
  io::SequenceWriter writer(output, {.format = file.format(), .threads = io::IoThreads(threads)});
  Answer answer;
  for (const io::SequenceRecord& record : file) {
    ++answer.records;
    answer.bases += record.sequence.size();
    writer.write(record);
  }
  writer.commit();
  return answer;
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

int run(int arguments, char** words) {
  const bool counts = arguments == 4 && std::strcmp(words[1], "count") == 0;
  const bool copies = arguments == 5 && std::strcmp(words[1], "copy") == 0;
  if (!counts && !copies) {
    std::fprintf(stderr, "bench_io count FILE THREADS | bench_io copy FILE THREADS OUTPUT\n");
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const int threads = std::atoi(words[3]);
  const Answer answer = counts ? count(words[2], threads) : copy(words[2], threads, words[4]);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::printf("%llu %llu %.6f %.6f\n", static_cast<unsigned long long>(answer.records),
              static_cast<unsigned long long>(answer.bases), seconds.count(), processor_seconds());
  return 0;
}

}  // namespace

int main(int arguments, char** words) {
  try {
    return run(arguments, words);
  } catch (const anneal::Error& error) {
    std::fprintf(stderr, "bench_io: %s\n", error.what());
    return 1;
  }
}
