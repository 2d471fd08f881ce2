#include "io/hts/alignment_sorter.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "io/hts/alignment_record.h"
#include "io/hts/record_runs.h"
#include "io/hts/sort_buffer.h"

namespace anneal::io {

struct AlignmentSorter::Impl {
  explicit Impl(const AlignmentSorterOptions& options)
      : folder(options.folder), buffer(options.memory),
        most_runs(std::max<std::size_t>(options.memory / hts::RunWriter::block_size, 2)) {}

  void spill() {
    buffer.sort();
    if (file == nullptr) file = std::make_unique<NamelessFile>(folder);
    hts::RunWriter writer(*file);
    for (const hts::SortBuffer::Entry& entry : buffer.entries()) writer.write(entry.record);
    runs.push_back(writer.finish());
    buffer.clear();
    if (runs.size() == most_runs) merge_runs();
  }

  // The merger has a block of each run in memory.
  void merge_runs() {
    buffer.release();
    auto merged = std::make_unique<NamelessFile>(folder);
    hts::RunWriter writer(*merged);
    for (hts::RunMerger all(*file, runs); all.next();) writer.write(all.record());
    runs = {writer.finish()};
    file = std::move(merged);
  }

  void begin_reading() {
    is_reading = true;
    if (runs.empty()) return buffer.sort();
    if (!buffer.empty()) spill();
    buffer.release();
    merger.emplace(*file, runs);
  }

  std::optional<hts::PackedRecord> next() {
    if (!is_reading) begin_reading();
    if (merger) return merger->next() ? std::optional(merger->record()) : std::nullopt;
    if (taken == buffer.entries().size()) return std::nullopt;
    return buffer.entries()[taken++].record;
  }

  std::string folder;
  hts::SortBuffer buffer;
  std::size_t most_runs;
  std::unique_ptr<NamelessFile> file;
  std::vector<hts::RecordRun> runs;
  std::optional<hts::RunMerger> merger;
  std::size_t taken = 0;
  bool is_reading = false;
};

AlignmentSorter::AlignmentSorter(const AlignmentSorterOptions& options) : impl_(std::make_unique<Impl>(options)) {}
AlignmentSorter::AlignmentSorter(AlignmentSorter&&) noexcept = default;
AlignmentSorter& AlignmentSorter::operator=(AlignmentSorter&&) noexcept = default;
AlignmentSorter::~AlignmentSorter() = default;

void AlignmentSorter::add(const AlignmentRecord& record) {
  const bam1_t& bam = *record.impl().bam;
  if (impl_->buffer.add(bam)) return;
  impl_->spill();
  impl_->buffer.add(bam);
}

bool AlignmentSorter::next(AlignmentRecord& record) {
  const auto packed = impl_->next();
  if (!packed) return false;
  packed->unpack(*record.impl().bam);
  return true;
}

}  // namespace anneal::io
