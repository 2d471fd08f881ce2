// A copy of an input that cannot be read twice.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "io/byte_source.h"
#include "io/nameless_file.h"

namespace anneal::cli {

/// Whether the path must be spooled to be read twice: standard input, pipes, sockets and terminals.
bool needs_spool(const std::string& path);

/// The bytes of a source in a temporary file.
class Spool {
 public:
  /// Reads the source to its end. Throws Error(io) where the copy cannot be written, Error(cancelled) when stopped.
  Spool(io::ByteSource& source, const std::stop_token& stop);

  /// The bytes from the beginning. The spool must outlive the source.
  std::unique_ptr<io::ByteSource> open() const;

 private:
  std::string name_;
  io::NamelessFile file_;
};

}  // namespace anneal::cli
