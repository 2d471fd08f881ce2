#include "anneal/io/threads.h"

#include <fmt/core.h>

#include <mutex>

#include "anneal/error.h"
#include "io/hts/file.h"

namespace anneal::io {

struct IoThreads::Pool {
  std::once_flag started;
  hts::Threads threads;
};

IoThreads::IoThreads(int count) : count_(count) {
  if (count < 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} threads: at least 1 is needed, who reads or writes", count));
  }
  if (count > 1) pool_ = std::make_shared<Pool>();
}

const hts::Threads& IoThreads::pool() const {
  static const hts::Threads none;
  if (pool_ == nullptr) return none;
  std::call_once(pool_->started, [this] { pool_->threads = hts::Threads(count_); });
  return pool_->threads;
}

}  // namespace anneal::io
