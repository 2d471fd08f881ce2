// Files that htslib reads and writes. Nothing outside src/io/hts and its callers in src/io names htslib.
#pragma once

#include <htslib/hts.h>

#include <memory>
#include <string>
#include <string_view>

#include "io/hts/input_stream.h"
#include "io/output.h"

namespace anneal::io::hts {

/// Has htslib print nothing. Files do this by themselves.
void keep_quiet();

/// Throws Error(invalid_input): a file, as messages print it, has no end marker.
[[noreturn]] void refuse_truncated(const std::string& name);

/// Threads that compress and decompress. Several files may share them and keep them alive.
class Threads {
 public:
  /// None: what reads or writes does it itself.
  Threads() = default;
  /// 1 or more. Throws Error(out_of_memory) where they cannot be started.
  explicit Threads(int count);

  /// Of a file that was just opened.
  void serve(htsFile* file) const;

 private:
  std::shared_ptr<htsThreadPool> pool_;
};

/// A file of any format that htslib knows, told by its content. Never of the network.
class InputFile {
 public:
  /// Opens a path, or standard input for "-". Throws Error(io) where it is missing, unreadable or a directory, and
  /// Error(invalid_input) where it is empty or of no known format, damaged at its begin, or a regular file whose end
  /// marker is missing. BAM and CRAM have no use of the threads before decode_in_parallel().
  explicit InputFile(const std::string& path, const Threads& threads = {});
  /// The same of one that was opened to see what it is.
  explicit InputFile(InputStream input, const Threads& threads = {});

  htsFile* get() const { return file_.get(); }
  const htsFormat& format() const { return file_->format; }
  const std::string& path() const { return path_; }
  const std::string& name() const { return name_; }  ///< as messages print it, quotes included

  bool is_seekable() const { return seekable_; }
  /// The same file, from its start: one that is seekable and not standard input.
  InputFile reopened() const { return InputFile(path_, threads_); }
  /// For BAM and CRAM, when the header has been read: reading it with threads hangs where htslib meets damage. Not for
  /// a CRAM from a pipe, as the threads lose what tells a truncated one, nor where places in the file are sought.
  void decode_in_parallel() const { threads_.serve(file_.get()); }

  /// To be called when all has been read: throws Error(invalid_input) where the end marker is missing, so that what
  /// was read may be a part only, and where htslib took damage for the end.
  void check_end() const;

 private:
  struct Close {
    void operator()(htsFile* file) const { hts_close(file); }
  };

  std::string path_, name_;
  Threads threads_;
  std::unique_ptr<htsFile, Close> file_;
  bool seekable_ = false;
};

/// A file under a temporary name until commit(), as io::Output says. All functions throw Error(io), or BrokenPipe.
class OutputFile {
 public:
  /// `mode` as hts_open() takes it: "wb", "wc,version=3.0", "wz3", ...
  OutputFile(const std::string& path, const std::string& mode, const Threads& threads = {});
  /// Without commit(), nothing appears under the final name, and what was written in place, as to a pipe, gets no end
  /// marker.
  ~OutputFile();

  htsFile* get() const { return file_; }
  const std::string& name() const { return output_.name(); }
  /// Writes all that is left, the end marker too, and gives the file its name.
  void commit();
  /// The errno of a write that failed, in whichever thread; 0 where none did.
  int error() const;
  /// For a call of htslib that failed: throws what error() says, or errno.
  [[noreturn]] void fail() const;

 private:
  void discard_rest() const;

  Output output_;
  Threads threads_;
  int descriptor_;  // the stream's
  htsFile* file_ = nullptr;
};

}  // namespace anneal::io::hts
