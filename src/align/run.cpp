#include "align/run.h"

#include <fmt/core.h>

#include <algorithm>

#include "align/extension_limits.h"

namespace anneal::align {

Run::Run(const Batch& batch, const AlignOptions& options, const RunControl& control, AlignResults& results)
    : batch_(batch), options_(options), control_(control), results_(results), encoder_(options.matrix, batch.letters()),
      boundary_(boundary_of(options)), end_cells_(end_cells_of(options)) {
  results.alignments.resize(batch.size());
  const bool has_extensions = is_extension(options.mode) && options.output != Output::score;
  results.extensions.resize(has_extensions ? batch.size() : 0);
  results.second_best.clear();
  results.warning.clear();
  if (wants_path()) return;  // their CIGARs replace those that were there
  results.cigar_ops.clear();
  results.cigar_offsets.clear();
}

bool Run::encode(std::size_t pair, Side side, std::uint8_t* codes) {
  if (encoder_.encode(letters(pair, side), codes) == Encoder::all_valid) return true;
  note_invalid(pair, side);
  return false;
}

void Run::note_invalid(std::size_t pair, Side side) {
  const std::uint64_t found = 2 * pair + (side == Side::target ? 1 : 0);
  std::uint64_t known = first_invalid_.load();
  while (found < known && !first_invalid_.compare_exchange_weak(known, found)) {
  }
}

void Run::clear(std::size_t first, std::size_t last) {
  std::fill(results_.alignments.begin() + static_cast<std::ptrdiff_t>(first),
            results_.alignments.begin() + static_cast<std::ptrdiff_t>(last), Alignment{});
  if (results_.extensions.empty()) return;
  std::fill(results_.extensions.begin() + static_cast<std::ptrdiff_t>(first),
            results_.extensions.begin() + static_cast<std::ptrdiff_t>(last), Extension{});
}

void Run::set_extension(std::size_t pair, std::int32_t score, std::int32_t query_end, std::int32_t target_end,
                        const Extension& extension) {
  set_end(pair, score, query_end, target_end);
  if (!results_.extensions.empty()) results_.extensions[pair] = extension;
}

bool Run::path_reaches_query_end(std::size_t pair) const {
  return prefers_query_end(results_.alignments[pair].score, results_.extensions[pair], options_);
}

void Run::advance(std::uint64_t pairs) {
  if (control_.stop.stop_requested()) {
    throw Error(ErrorCode::cancelled, fmt::format("alignment of {} pairs was cancelled", batch_.size()));
  }
  if (!control_.progress) return;
  const std::scoped_lock lock(progress_mutex_);
  done_ += pairs;
  control_.progress(done_, batch_.size());
}

void Run::finish(std::string_view engine, int threads) {
  if (const std::uint64_t first = first_invalid_.load(); first != none) {
    const auto pair = static_cast<std::size_t>(first / 2);
    const Side side = first % 2 == 0 ? Side::query : Side::target;
    std::string room;
    const std::string_view invalid = batch_.on_host({letters(pair, side)}, room).front();
    std::vector<std::uint8_t> codes(invalid.size());
    const std::size_t record = side == Side::query ? batch_.query_record(pair) : batch_.target_record(pair);
    throw letter_error(batch_, options_.matrix, side, record, encoder_.encode(invalid, codes.data()));
  }
  results_.engine = engine;
  results_.fallbacks = fallbacks_;
  results_.cells_computed = cells_computed_;
  results_.kernel_seconds = clock_.seconds() / threads;
  results_.cells = batch_.cells();
}

}  // namespace anneal::align
