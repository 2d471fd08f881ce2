// The index of sequences in a folder that cannot be written to.
#pragma once

#include <filesystem>
#include <string>

namespace anneal::io::hts {

/// A folder of its own, with a link to the file and the index beside that.
class TemporaryIndex {
 public:
  /// Throws what build_sequence_index() does, and Error(io) where the folder for temporary files cannot be used.
  explicit TemporaryIndex(const std::string& path);
  ~TemporaryIndex();  ///< removes the folder
  TemporaryIndex(const TemporaryIndex&) = delete;
  TemporaryIndex& operator=(const TemporaryIndex&) = delete;

  std::string path() const { return link_.string(); }  ///< of the link

 private:
  std::filesystem::path folder_, link_;
};

}  // namespace anneal::io::hts
