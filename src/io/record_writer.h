// The output formats behind one interface. Writers only format; they do no input or output and may be used from several
// threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "io/aligned_pair.h"

namespace anneal::io {

struct WriterOptions {
  Mode mode = Mode::local;        ///< of extensions, adds what extra_fields.h names
  bool second_best = false;       ///< adds what extra_fields.h names
  bool strand = false;            ///< adds the strand to tsv and jsonl; the other formats have it always
  bool eqx = false;               ///< = and X in place of M in paf and sam
  bool color = false;             ///< ANSI colours in pretty
  std::string version = {};       ///< of the program, for SAM's @PG
  std::string command_line = {};  ///< for SAM's @PG; empty: left out
};

/// A target as SAM's header lists it.
struct Reference {
  std::string_view name;
  std::int64_t length = 0;
};

class RecordWriter {
 public:
  virtual ~RecordWriter() = default;

  /// Appends what comes before the first record. Only sam looks at `references`.
  virtual void append_header(std::string& text, std::span<const Reference> references) const;
  virtual void append(std::string& text, const AlignedPair& record) const = 0;
};

struct RecordFormat {
  std::string_view name;
  bool needs_path;        ///< only Output::path has what it prints
  bool needs_references;  ///< append_header() must be given all targets
  std::unique_ptr<RecordWriter> (*make)(const WriterOptions& options);
};

/// paf, sam, tsv, jsonl and pretty.
std::span<const RecordFormat> record_formats();

/// Throws Error(invalid_argument) for an unknown name.
const RecordFormat& find_record_format(std::string_view name);

}  // namespace anneal::io
