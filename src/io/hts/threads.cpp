#include "anneal/io/threads.h"

#include <fmt/format.h>

#include "anneal/error.h"
#include "io/hts/file.h"

namespace anneal::io {

IoThreads::IoThreads(int count) {
  if (count < 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} threads: at least 1 is needed, who reads or writes", count));
  }
  if (count > 1) pool_ = std::make_shared<const hts::Threads>(count);
}

const hts::Threads& IoThreads::pool() const {
  static const hts::Threads none;
  return pool_ == nullptr ? none : *pool_;
}

}  // namespace anneal::io
