// Inputs as htslib's streams, whose first bytes can be looked at without taking them: of pipes, too.
#pragma once

#include <htslib/hfile.h>
#include <htslib/hts.h>

#include <memory>
#include <string>

#include "io/byte_source.h"

namespace anneal::io::hts {

struct AbandonStream {
  void operator()(hFILE* stream) const { hclose_abruptly(stream); }
};
using Stream = std::unique_ptr<hFILE, AbandonStream>;

/// Takes the descriptor over. Null, with errno set, where that fails. `mode` as hts_open() takes it.
Stream open_stream(int descriptor, const char* mode);

struct InputStream {
  /// Opens a path, or standard input for "-". Throws Error(io) where it is missing, unreadable or a directory.
  explicit InputStream(const std::string& path);

  /// By what comes first. Throws Error(io).
  htsFormat detect_format() const;

  std::string path, name;  ///< as it was given; as messages print it, quotes included
  bool is_seekable = false;
  Stream stream;
};

/// Whether these are SAM, BAM or CRAM.
bool is_alignments(const htsFormat& format);
/// Whether these are VCF or BCF.
bool is_variants(const htsFormat& format);

/// The bytes as they are, for what htslib does not read.
std::unique_ptr<ByteSource> make_source(InputStream input);

}  // namespace anneal::io::hts
