// The header of a SAM, BAM or CRAM file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"

namespace anneal::io {

/// Of an @RG line.
struct ReadGroup {
  std::string id;
  std::string sample;   ///< empty where the header says none
  std::string library;  ///< empty where the header says none
};

/// A program for a @PG line.
struct Program {
  std::string name;
  std::string version;       ///< empty: left out
  std::string command_line;  ///< empty: left out
};

/// Copies share nothing. One thread at a time, looking too: give others copies. Views are valid until it changes or
/// ends.
class AlignmentHeader {
 public:
  AlignmentHeader();  ///< without any line
  /// Lines as SAM has them. Throws Error(invalid_input) for what SAM does not allow.
  static AlignmentHeader parse(std::string_view text);

  AlignmentHeader(const AlignmentHeader& other);
  AlignmentHeader& operator=(const AlignmentHeader& other);
  AlignmentHeader(AlignmentHeader&& other) noexcept;
  AlignmentHeader& operator=(AlignmentHeader&& other) noexcept;
  ~AlignmentHeader();

  int reference_count() const;
  /// `reference` in 0..reference_count()-1, which nobody checks. A length is in letters.
  std::string_view reference_name(int reference) const;
  std::int64_t reference_length(int reference) const;
  /// Its index, or nothing.
  std::optional<int> find_reference(std::string_view name) const;

  std::vector<ReadGroup> read_groups() const;
  /// All lines, each with its line end.
  std::string text() const;

  /// As io::parse_region() reads it. Throws Error(invalid_argument) also for a sequence that is not there.
  Region parse_region(std::string_view text) const;

  /// Adds an @SQ line. Throws Error(invalid_argument) for a name that SAM does not allow or that is there already, and
  /// for a length outside 1..2^62.
  void add_reference(std::string_view name, std::int64_t length);
  /// Says in the @HD line that records are sorted by coordinate.
  void set_sorted_by_coordinate();
  /// Adds a @PG line behind those that are there, for each chain of them, with an ID of its own.
  void add_program(const Program& program);

  struct Impl;
  /// For the library's own use.
  explicit AlignmentHeader(std::unique_ptr<Impl> impl);
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace anneal::io
