// Checked output: nothing is lost silently, and no partial file appears under the final name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "anneal/error.h"
#include "io/file_descriptor.h"

namespace anneal::io {

/// The reader of a pipe went away. A command line ends quietly then; SIGPIPE must be ignored for this to be thrown.
class BrokenPipe : public Error {
 public:
  using Error::Error;
};

/// Buffered output to a path, or to standard output for "-" and "". A regular file is written under a temporary name
/// in the same folder, through symbolic links, and renamed by commit(); what exists keeps its permissions. Devices and
/// pipes are written in place. All functions throw Error(io) naming the path, or BrokenPipe.
class Output {
 public:
  explicit Output(const std::string& path);
  ~Output();  ///< without commit(), removes the temporary file and drops what is still buffered
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view bytes);
  /// Replaces bytes that were written before, from `begin` on. Only where the output is a regular file of its own.
  void overwrite(std::uint64_t begin, std::string_view bytes);
  void flush();   ///< hands everything written so far to the system
  void commit();  ///< flushes, closes and gives the file its name; nothing may be written after that
  /// The same, and returns when the disk has the file and its name, so that a loss of power does not take them.
  void commit_to_disk();

  const std::string& name() const { return name_; }  ///< as messages print it, quotes included
  bool is_terminal() const;

  /// A descriptor of the same file, the caller's: what is written by it comes after what was flushed.
  int duplicate() const;
  /// Throws what a failed `action` on it ("write") is, by its errno.
  [[noreturn]] void fail(std::string_view action, int error) const;

 private:
  void open_temporary(const std::string& final_path);
  void write_out(std::string_view bytes);

  std::string name_;
  FileDescriptor file_;
  std::string final_path_;
  std::string temporary_path_;  // empty where the output is written in place
  std::string buffer_;
};

}  // namespace anneal::io
