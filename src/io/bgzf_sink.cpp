#include "io/bgzf_sink.h"

#include <algorithm>
#include <utility>

#include "io/bgzf_block.h"

namespace anneal::io {
namespace {

// Whole blocks, so that where text is cut does not depend on how it came.
constexpr std::size_t text_per_job = 4 * bgzf_text_per_block;

}  // namespace

BgzfSink::BgzfSink(const std::string& path, int threads, int level) : output_(path), level_(level), jobs_(threads) {}

void BgzfSink::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), text_per_job - text_.size());
    text_.append(bytes.substr(0, count));
    bytes.remove_prefix(count);
    if (text_.size() == text_per_job) compress();
  }
}

void BgzfSink::commit() {
  if (!text_.empty()) compress();
  while (!jobs_.empty()) write_first();
  std::string end;
  append_bgzf_block(end, {}, level_);
  output_.write(end);
  output_.commit();
}

void BgzfSink::compress() {
  if (jobs_.is_full()) write_first();
  Job& job = jobs_.next();
  job.level = level_;
  std::swap(job.text, text_);
  text_.clear();
  text_.reserve(text_per_job);
  jobs_.start();
}

void BgzfSink::write_first() {
  output_.write(jobs_.front().blocks);
  jobs_.pop();
}

void BgzfSink::Job::run() {
  blocks.clear();
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view part = rest.substr(0, bgzf_text_per_block);
    append_bgzf_block(blocks, part, level);
    rest.remove_prefix(part.size());
  }
}

}  // namespace anneal::io
