// Text, plain or compressed by BGZF, as the file's name has it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "io/hts/file.h"
#include "io/output.h"

namespace anneal::io::hts {

/// A file under a temporary name until commit(), as io::Output says. All functions throw Error(io), or BrokenPipe; the
/// constructors also Error(invalid_argument) for a level that is none.
class TextOutput {
 public:
  /// Compressed where the name says so. `level` of compression: 0 (none) to 9, or -1.
  explicit TextOutput(const std::string& path, const Threads& threads = {}, int level = -1);
  TextOutput(const std::string& path, bool is_compressed, const Threads& threads, int level);

  void write(std::string_view text);
  void commit();

 private:
  std::unique_ptr<Output> plain_;
  std::unique_ptr<OutputFile> compressed_;
};

}  // namespace anneal::io::hts
