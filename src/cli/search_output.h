// What a search writes: the text of its blocks, and what stands before and after them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/checkpoint.h"
#include "cli/search_arguments.h"
#include "cli/waiting_text.h"
#include "io/hit_writer.h"
#include "io/output.h"

namespace anneal::cli {

class SearchOutput {
 public:
  /// Opens it. Both are borrowed. `memory` is for text, in bytes.
  SearchOutput(const SearchArguments& arguments, const SearchOptions& options, std::size_t memory);

  bool is_sam() const { return format_.name == "sam"; }
  bool is_terminal() const { return output_.is_terminal(); }
  /// Throws Error(invalid_input) for a query's name that the format does not allow.
  void check_names(const io::RecordBatch& queries) const;

  /// Of a database of this size. Only the first call counts.
  void begin(std::uint64_t targets, std::uint64_t letters);
  const io::HitWriter& writer() const { return *writer_; }  ///< after begin()
  void write(BlockOutput block);                            ///< the next one, after begin()
  void finish(std::uint64_t queries);                       ///< after so many queries

 private:
  std::vector<io::HitParameter> parameters() const;

  const SearchArguments& arguments_;
  const SearchOptions& options_;
  const io::HitFormat& format_;
  io::Output output_;
  std::unique_ptr<io::HitWriter> writer_;
  // Where references come first, what follows them waits until all are known.
  std::map<std::uint64_t, std::pair<std::string, std::uint64_t>> references_;
  WaitingText waiting_;
};

}  // namespace anneal::cli
