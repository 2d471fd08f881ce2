// Where mapped reads go: SAM, BAM, CRAM or PAF.
#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/map_arguments.h"

namespace anneal::cli {

/// What a chunk of reads becomes, in either kind of format.
struct MapText {
  map::RecordList records;
  std::string lines;
};

class MapOutput {
 public:
  virtual ~MapOutput() = default;

  /// Replaces `text`. May be called by several threads at a time.
  virtual void format(std::span<const io::SequenceRecord> reads, std::span<const MappedRead> mapped,
                      MapText& text) const = 0;
  virtual void write(const MapText& text) = 0;
  /// The file gets its name. Throws Error(cancelled) after a stop.
  virtual void commit(const std::stop_token& stop) = 0;
};

/// Throws Error(io), and Error(invalid_argument) for a read group that SAM does not allow.
std::unique_ptr<MapOutput> open_map_output(const MapArguments& arguments, const MapIndex& index);

}  // namespace anneal::cli
