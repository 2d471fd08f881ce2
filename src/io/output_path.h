// Where an output goes and how it has to be written.
#pragma once

#include <string>

namespace anneal::io {

struct OutputPath {
  enum Kind {
    descriptor,  ///< an open descriptor of this process
    in_place,    ///< a device, a pipe or a socket
    replaced,    ///< a regular file, new or existing
  };

  Kind kind = replaced;
  int number = 1;    ///< of the descriptor
  std::string path;  ///< with symbolic links resolved, where the file is `replaced`
  std::string name;  ///< as messages print it
};

/// Throws Error(io) for a directory and for a loop of symbolic links.
OutputPath resolve_output(const std::string& path);

/// The folder of an output that is a regular file, for temporary files beside it; empty for other outputs. Throws what
/// resolve_output() does.
std::string folder_of_output(const std::string& path);

/// A name in the folder of `final_path`; another one for each attempt.
std::string temporary_name(const std::string& final_path, int attempt);

}  // namespace anneal::io
