// Where bytes go: a file as it is, or compressed on the way.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace anneal::io {

class ByteSink {
 public:
  virtual ~ByteSink() = default;

  /// Both throw what Output does.
  virtual void write(std::string_view bytes) = 0;
  /// Writes all that is left and gives the file its name, as Output::commit(); nothing may be written after that.
  virtual void commit() = 0;

  /// The output's name as messages print it, quotes included.
  virtual const std::string& name() const = 0;
};

inline constexpr int default_level = -1;

/// Whether open_sink() compresses what is called so.
bool is_compressed_name(std::string_view path);

/// A file, or standard output for "-", compressed by the end of its name: BGZF for ".gz" and ".bgz", zstd for ".zst".
/// What is written does not depend on the number of threads, the caller's included, that compress BGZF. `level` is that
/// of the compression, 1..9, or default_level. Throws Error(io) where the file cannot be opened.
std::unique_ptr<ByteSink> open_sink(const std::string& path, int threads = 1, int level = default_level);

}  // namespace anneal::io
