// Reads a FASTQ file by read(2) and by memory maps, to see which is faster from what size on:
//
//   bench_source FILE [LARGEST]
//
// Takes the first 1 MiB of the file, 4 MiB, 16 MiB and so on up to LARGEST bytes or all of it, several times by all
// ways in turns, and prints the median of the milliseconds of each, opening and closing included. They are the
// processor's, in this program and in the system for it, which a busy machine disturbs less than those of the clock.
// Two kinds of work are done with the bytes: "lines" looks for the ends of lines, which is the least that a reader
// does, and "records" parses records as SequenceReader does, without keeping them. The file is read once before, so
// that it comes from the system's cache where that is large enough.
#include <anneal/error.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/median.h"
#include "io/file_descriptor.h"
#include "io/open_file.h"
#include "io/quick_parser.h"
#include "io/record.h"

namespace {

namespace io = anneal::io;

// What is wrong ends the program.
void demand(bool is_true, const char* what) {
  if (is_true) return;
  std::perror(what);
  std::exit(1);
}

// Takes whole lines or records off the front of a text and returns how many bytes they have.
class Work {
 public:
  virtual ~Work() = default;
  virtual std::size_t take(std::string_view text) = 0;
  std::uint64_t found() const { return found_; }

 protected:
  std::uint64_t found_ = 0;
};

class Lines final : public Work {
 public:
  std::size_t take(std::string_view text) override {
    const char* place = text.data();
    const char* const end = place + text.size();
    while (const void* line_end = std::memchr(place, '\n', static_cast<std::size_t>(end - place))) {
      ++found_;
      place = static_cast<const char*>(line_end) + 1;
    }
    return static_cast<std::size_t>(place - text.data());
  }
};

class Records final : public Work {
 public:
  std::size_t take(std::string_view text) override {
    io::Record record;
    std::size_t taken = 0;
    while (const std::size_t size = io::parse_ordinary_fastq(text.substr(taken), record)) {
      ++found_;
      taken += size;
    }
    return taken;
  }
};

// A buffer that is filled again and again; what was not taken moves to its front.
class Block {
 public:
  explicit Block(std::size_t size) : size_(size), bytes_(std::make_unique_for_overwrite<char[]>(size)) {}

  char* room() { return bytes_.get() + filled_; }
  std::size_t room_size() const { return size_ - filled_; }

  void work(std::size_t count, Work& work) {
    filled_ += count;
    const std::size_t taken = work.take({bytes_.get(), filled_});
    std::memmove(bytes_.get(), bytes_.get() + taken, filled_ - taken);
    filled_ -= taken;
  }

 private:
  std::size_t size_, filled_ = 0;
  std::unique_ptr<char[]> bytes_;
};

class Map {
 public:
  Map(const io::FileDescriptor& file, std::size_t begin, std::size_t size, int flags)
      : size_(size), data_(mmap(nullptr, size, PROT_READ, MAP_PRIVATE | flags, file.get(), static_cast<off_t>(begin))) {
    demand(data_ != MAP_FAILED, "mmap");
  }
  ~Map() { munmap(data_, size_); }
  Map(const Map&) = delete;
  Map& operator=(const Map&) = delete;

  void advise(int advice) const { demand(madvise(data_, size_, advice) == 0, "madvise"); }
  std::string_view text() const { return {static_cast<const char*>(data_), size_}; }

 private:
  std::size_t size_;
  void* data_;
};

void read_blocks(const std::string& path, std::size_t size, std::size_t block_size, Work& work) {
  const io::FileDescriptor file = io::open_file(path);
  Block block(block_size);
  while (size > 0) {
    const ssize_t count = read(file.get(), block.room(), std::min(size, block.room_size()));
    demand(count > 0, "read");
    size -= static_cast<std::size_t>(count);
    block.work(static_cast<std::size_t>(count), work);
  }
}

void map_whole(const std::string& path, std::size_t size, int flags, bool is_advised, Work& work) {
  const io::FileDescriptor file = io::open_file(path);
  const Map map(file, 0, size, flags);
  if (is_advised) map.advise(MADV_SEQUENTIAL);
  work.take(map.text());
}

// Maps a part after the other, each from the page on in which the next record begins.
void map_windows(const std::string& path, std::size_t size, std::size_t window, Work& work) {
  const io::FileDescriptor file = io::open_file(path);
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  for (std::size_t next = 0, end = 0; end < size;) {
    const std::size_t begin = next / page * page;
    end = std::min(size, begin + window);
    const Map map(file, begin, end - begin, MAP_POPULATE);
    next += work.take(map.text().substr(next - begin));
  }
}

// What a map behind ByteSource would be.
void copy_from_map(const std::string& path, std::size_t size, std::size_t block_size, Work& work) {
  const io::FileDescriptor file = io::open_file(path);
  const Map map(file, 0, size, 0);
  map.advise(MADV_SEQUENTIAL);
  Block block(block_size);
  for (std::string_view rest = map.text(); !rest.empty();) {
    const std::size_t count = std::min(rest.size(), block.room_size());
    std::memcpy(block.room(), rest.data(), count);
    rest.remove_prefix(count);
    block.work(count, work);
  }
}

struct Way {
  const char* name;
  std::function<void(const std::string& path, std::size_t size, Work& work)> run;
};

constexpr std::size_t kib = std::size_t{1} << 10, mib = std::size_t{1} << 20;

std::vector<Way> all_ways() {
  const auto blocks = [](std::size_t block) {
    return [block](const std::string& path, std::size_t size, Work& work) { read_blocks(path, size, block, work); };
  };
  const auto whole = [](int flags, bool is_advised) {
    return
        [=](const std::string& path, std::size_t size, Work& work) { map_whole(path, size, flags, is_advised, work); };
  };
  return {{"read 128 KiB", blocks(128 * kib)},
          {"read 512 KiB", blocks(512 * kib)},
          {"read 4 MiB", blocks(4 * mib)},
          {"map", whole(0, false)},
          {"map, SEQUENTIAL", whole(0, true)},
          {"map, POPULATE", whole(MAP_POPULATE, false)},
          {"map 4 MiB, POPULATE",
           [](const std::string& path, std::size_t size, Work& work) { map_windows(path, size, 4 * mib, work); }},
          {"map, copy 512 KiB",
           [](const std::string& path, std::size_t size, Work& work) { copy_from_map(path, size, 512 * kib, work); }}};
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <class Kind>
double seconds_of(const Way& way, const std::string& path, std::size_t size, std::uint64_t& found) {
  const double begin = processor_seconds();
  Kind work;
  way.run(path, size, work);
  const double seconds = processor_seconds() - begin;
  if (found != 0 && found != work.found()) {
    std::fprintf(stderr, "bench_source: '%s' found another number of them than another way\n", way.name);
    std::exit(1);
  }
  found = work.found();
  return seconds;
}

template <class Kind>
void measure(const char* name, const std::string& path, std::size_t size, const std::vector<Way>& ways) {
  const std::size_t turns = std::clamp<std::size_t>(1024 * mib / size, 5, 101);
  std::vector<std::vector<double>> seconds(ways.size());
  std::uint64_t found = 0;
  for (std::size_t turn = 0; turn <= turns; ++turn) {
    for (std::size_t k = 0; k < ways.size(); ++k) {
      const double passed = seconds_of<Kind>(ways[k], path, size, found);
      if (turn > 0) seconds[k].push_back(passed);
    }
  }
  std::printf("%-8s %6zu MiB", name, size / mib);
  for (std::vector<double>& all : seconds) std::printf(" %20.3f", 1e3 * anneal::base::median(all));
  std::printf("\n");
  std::fflush(stdout);
}

void run(const std::string& path, std::size_t largest) {
  const std::vector<Way> ways = all_ways();
  std::printf("%-8s %10s", "ms", "size");
  for (const Way& way : ways) std::printf(" %20s", way.name);
  std::printf("\n");
  for (std::size_t size = mib; size <= largest; size *= 4) {
    measure<Lines>("lines", path, size, ways);
    measure<Records>("records", path, size, ways);
  }
}

std::size_t size_of(const std::string& path) {
  const off_t size = lseek(io::open_file(path).get(), 0, SEEK_END);
  demand(size > 0, "lseek");
  return static_cast<std::size_t>(size);
}

}  // namespace

int main(int arguments, char** words) {
  if (arguments < 2 || arguments > 3) {
    std::fprintf(stderr, "bench_source FILE [LARGEST]\n");
    return 2;
  }
  try {
    const std::size_t size = size_of(words[1]);
    run(words[1], arguments == 3 ? std::min<std::size_t>(size, std::strtoull(words[2], nullptr, 10)) : size);
  } catch (const anneal::Error& error) {
    std::fprintf(stderr, "bench_source: %s\n", error.what());
    return 1;
  }
}
