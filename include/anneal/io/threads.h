// Threads that readers and writers of files share.
#pragma once

#include <memory>

namespace anneal::io {

namespace hts {
class Threads;
}

/// Threads that compress and decompress BGZF, BAM, CRAM and BCF; other compression has one thread. What is read and
/// written does not depend on their number. Copies are the same threads: give them to a reader and a writer, and they
/// work where there is work. Readers and writers of FASTA and FASTQ, and readers of intervals but for regions, take
/// their number only, and have threads of their own.
///
/// Any thread may use it at any time. Readers and writers keep what they were given.
class IoThreads {
 public:
  /// None: whoever reads or writes does it itself.
  IoThreads() = default;
  /// 1 or more; with 1, too, whoever reads or writes does it itself. Throws Error(invalid_argument) for less. They
  /// start when a file needs them, which throws Error(out_of_memory) where they cannot.
  explicit IoThreads(int count);

  int count() const { return count_; }

  /// For the library's own use.
  const hts::Threads& pool() const;

 private:
  struct Pool;
  int count_ = 1;
  std::shared_ptr<Pool> pool_;
};

}  // namespace anneal::io
