// Files that a function of htslib writes by name.
#pragma once

#include <string>

namespace anneal::io::hts {

/// A temporary name for such a file, in the same folder; it gets its own name when it is whole.
class NewFile {
 public:
  /// Throws Error(io) for a folder that does not exist or may not be written to.
  explicit NewFile(const std::string& path);
  ~NewFile();  ///< without commit(), removes the file
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  const std::string& temporary_path() const { return temporary_path_; }
  void commit();
  /// Throws Error(io): what writing it failed by, an errno.
  [[noreturn]] void fail(int error) const;

 private:
  std::string path_;
  std::string temporary_path_;
};

}  // namespace anneal::io::hts
