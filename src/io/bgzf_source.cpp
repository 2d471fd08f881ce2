#include "io/bgzf_source.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "anneal/error.h"
#include "io/bgzf_block.h"
#include "io/gzip_source.h"
#include "io/resumed_source.h"

namespace anneal::io {
namespace {

constexpr std::size_t blocks_per_job = 8;  // half a MiB of text: few tasks, and they stay in the cache
constexpr std::size_t input_step = std::size_t{64} << 10;

}  // namespace

BgzfSource::BgzfSource(std::unique_ptr<ByteSource> compressed, int threads)
    : compressed_(std::move(compressed)), name_(compressed_->name()), jobs_(threads) {}

std::uint64_t BgzfSource::bytes_taken() const {
  return rest_ != nullptr ? rest_->bytes_taken() : compressed_->bytes_taken();
}

std::size_t BgzfSource::read(std::span<char> buffer) {
  while (true) {
    read_ahead();
    if (jobs_.empty()) return read_rest(buffer);
    Job& job = jobs_.front();
    if (job.taken < job.text_size) {
      const std::size_t count = std::min(buffer.size(), job.text_size - job.taken);
      std::memcpy(buffer.data(), job.text.data() + job.taken, count);
      job.taken += count;
      return count;
    }
    if (!job.problem.empty()) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is damaged gzip data before byte {}: {}; copy or compress it again", name_,
                              job.problem_at, job.problem));
    }
    jobs_.pop();
  }
}

void BgzfSource::read_ahead() {
  while (!at_end_ && !jobs_.is_full()) {
    Job& job = jobs_.next();
    if (!take_blocks(job)) return;
    jobs_.start();
  }
}

// False where there is none.
bool BgzfSource::take_blocks(Job& job) {
  job.blocks.clear();
  job.begin = bytes_in_;
  for (std::size_t i = 0; i < blocks_per_job && take_block(job.blocks); ++i) {
  }
  return !job.blocks.empty();
}

bool BgzfSource::take_block(std::string& blocks) {
  const std::size_t head_size = fill(input_, bgzf_head_size);
  const std::string_view head = std::string_view(input_).substr(position_);
  const std::size_t size = is_bgzf_head(head) ? bgzf_block_size(head) : 0;
  // Less than a header and a trailer: GzipSource says what is wrong with it.
  if (size < bgzf_head_size + 8) {
    at_end_ = true;
    if (head_size > 0) end_with_other_member(input_.substr(position_));
    return false;
  }
  const std::size_t available = fill(input_, size);
  bytes_in_ += std::min(available, size);
  if (available < size) {
    at_end_ = is_cut_ = true;
    return false;
  }
  const std::string_view block = std::string_view(input_).substr(position_, size);
  has_end_mark_ = bgzf_text_size(block) == 0;
  blocks.append(block);
  position_ += size;
  return true;
}

void BgzfSource::end_with_other_member(std::string head) {
  rest_ = std::make_unique<GzipSource>(std::make_unique<ResumedSource>(std::move(head), std::move(compressed_)), true,
                                       bytes_in_);
}

// Sees to it that so many bytes lie in `bytes` from position_ on, and returns how many do; fewer only at the end.
std::size_t BgzfSource::fill(std::string& bytes, std::size_t size) {
  if (bytes.size() - position_ >= size) return bytes.size() - position_;
  bytes.erase(0, std::exchange(position_, 0));
  while (bytes.size() < size) {
    const std::size_t before = bytes.size();
    bytes.resize(before + input_step);
    const std::size_t count = compressed_->read(std::span(bytes).subspan(before));
    bytes.resize(before + count);
    if (count == 0) break;
  }
  return bytes.size();
}

// What follows the blocks: nothing, or other members.
std::size_t BgzfSource::read_rest(std::span<char> buffer) {
  if (rest_ != nullptr) return rest_->read(buffer);
  if (is_cut_ || !has_end_mark_) fail_truncated(is_cut_);
  return 0;
}

void BgzfSource::fail_truncated(bool in_block) const {
  throw Error(ErrorCode::invalid_input, truncated_gzip(name_, bytes_in_, in_block));
}

void BgzfSource::Job::run() {
  text_size = taken = 0;
  problem = {};
  std::uint64_t end = begin;
  for (std::string_view rest = blocks; !rest.empty();) {
    const std::string_view block = rest.substr(0, bgzf_block_size(rest));
    rest.remove_prefix(block.size());
    end += block.size();
    const std::size_t size = bgzf_text_size(block);
    problem_at = end;
    problem = "a block is longer than 64 KiB";
    if (size > bgzf_largest_text) return;
    if (text.size() < text_size + size) text.resize(text_size + size);
    problem = inflate_bgzf_block(block, std::span(text).subspan(text_size, size));
    if (!problem.empty()) return;
    text_size += size;
  }
}

}  // namespace anneal::io
