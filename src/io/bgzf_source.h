// Decompresses BGZF on several threads.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "io/byte_source.h"
#include "io/task_ring.h"

namespace anneal::io {

/// What comes out of a file is what GzipSource makes of it, and so are the errors of one that is truncated. Members
/// that are no blocks of BGZF are decompressed by GzipSource, as is all that follows them.
class BgzfSource final : public ByteSource {
 public:
  /// 2 or more threads, the caller's included.
  BgzfSource(std::unique_ptr<ByteSource> compressed, int threads);

  std::size_t read(std::span<char> buffer) override;
  std::uint64_t bytes_taken() const override;
  const std::string& name() const override { return name_; }

 private:
  // Some blocks that follow each other.
  struct Job {
    std::string blocks;
    std::uint64_t begin = 0;  // of the first one, in the file
    std::vector<char> text;
    std::size_t text_size = 0;
    std::size_t taken = 0;
    std::string_view problem;      // with one of them; the text before it is good
    std::uint64_t problem_at = 0;  // in the file

    void run();
  };

  void read_ahead();
  bool take_blocks(Job& job);
  bool take_block(std::string& blocks);
  void end_with_other_member(std::string head);
  std::size_t fill(std::string& bytes, std::size_t size);
  std::size_t read_rest(std::span<char> buffer);
  [[noreturn]] void fail_truncated(bool in_block) const;

  std::unique_ptr<ByteSource> compressed_;
  const std::string name_;
  std::string input_;  // read from the source and not yet in a job, from position_ on
  std::size_t position_ = 0;
  std::uint64_t bytes_in_ = 0;  // taken out of input_
  bool at_end_ = false;         // of the blocks
  bool is_cut_ = false;         // within a block
  bool has_end_mark_ = true;    // an empty block came last, or none at all
  std::unique_ptr<ByteSource> rest_;
  TaskRing<Job> jobs_;
};

}  // namespace anneal::io
