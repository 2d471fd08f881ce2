// Compresses to BGZF on several threads.
#pragma once

#include <string>

#include "io/byte_sink.h"
#include "io/output.h"
#include "io/task_ring.h"

namespace anneal::io {

class BgzfSink final : public ByteSink {
 public:
  /// `level` 1..9.
  BgzfSink(const std::string& path, int threads, int level);

  void write(std::string_view bytes) override;
  void commit() override;
  const std::string& name() const override { return output_.name(); }

 private:
  struct Job {
    int level = 0;
    std::string text;
    std::string blocks;

    void run();
  };

  void compress();
  void write_first();

  Output output_;
  const int level_;
  std::string text_;
  TaskRing<Job> jobs_;
};

}  // namespace anneal::io
