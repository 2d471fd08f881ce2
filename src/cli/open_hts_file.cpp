#include "cli/open_hts_file.h"

#include <algorithm>

#include "anneal/error.h"
#include "base/cpu.h"
#include "io/open_file.h"

namespace anneal::cli {

namespace {

template <typename Open>
auto opened(Open&& open) {
  try {
    return open();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, error.what());
  }
}

}  // namespace

int usual_file_threads() {
  constexpr int most = 8;
  return std::min(base::usable_processors(), most);
}

void require_input(const std::string& path) {
  opened([&] { return io::open_file(path); });
}

io::hts::InputStream open_stream(const std::string& path) {
  return opened([&] { return io::hts::InputStream(path); });
}

io::hts::InputFile open_hts_file(const std::string& path, const io::IoThreads& threads) {
  return opened([&] { return io::hts::InputFile(path, threads.pool()); });
}

}  // namespace anneal::cli
