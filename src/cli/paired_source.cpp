#include <fmt/core.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

#include "anneal/error.h"
#include "cli/pair_source.h"

namespace anneal::cli {
namespace {

class PairedSource final : public PairSource {
 public:
  PairedSource(RecordStream& queries, RecordStream& targets, const ChunkLimits& limits)
      : queries_(queries, limits.bytes / 2), targets_(targets, limits.bytes / 2), limits_(limits) {}

  bool next(PairChunk& chunk) override {
    read_ahead();
    for (std::size_t bytes = 0; chunk.pairs.size() < limits_.pairs && bytes < limits_.bytes;) {
      const io::Record* const query = queries_.next();
      const io::Record* const target = targets_.next();
      if (query == nullptr && target == nullptr) break;
      if (query == nullptr || target == nullptr) refuse_unequal_counts();
      chunk.keep(queries_.batch());
      chunk.keep(targets_.batch());
      chunk.pairs.push_back({query, target, queries_.number(), targets_.number()});
      bytes += limits_.bytes_of(chunk.pairs.back());
    }
    return !chunk.pairs.empty();
  }

 private:
  // Both files at the same time; isolated, so that this thread takes up no other work while it waits.
  void read_ahead() {
    tbb::this_task_arena::isolate(
        [this] { tbb::parallel_invoke([this] { queries_.read_ahead(); }, [this] { targets_.read_ahead(); }); });
  }

  [[noreturn]] void refuse_unequal_counts() {
    const std::uint64_t queries = queries_.count_all();
    const std::uint64_t targets = targets_.count_all();
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} holds {} records and {} holds {}; pairs need equal counts, --all-vs-all does not",
                            queries_.name(), queries, targets_.name(), targets));
  }

  RecordCursor queries_;
  RecordCursor targets_;
  ChunkLimits limits_;
};

}  // namespace

std::unique_ptr<PairSource> make_paired_source(RecordStream& queries, RecordStream& targets,
                                               const ChunkLimits& limits) {
  return std::make_unique<PairedSource>(queries, targets, limits);
}

}  // namespace anneal::cli
