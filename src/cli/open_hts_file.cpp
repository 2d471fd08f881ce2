#include "cli/open_hts_file.h"

#include <algorithm>
#include <utility>

#include "base/cpu.h"
#include "cli/given_input.h"
#include "io/open_file.h"

namespace anneal::cli {

int usual_file_threads() {
  constexpr int most = 8;
  return std::min(base::usable_processors(), most);
}

void require_input(const std::string& path) {
  open_given([&] { return io::open_file(path); });
}

io::hts::InputStream open_stream(const std::string& path) {
  return open_given([&] { return io::hts::InputStream(path); });
}

io::hts::InputFile open_hts_file(const std::string& path, const io::IoThreads& threads) {
  return open_hts_file(open_stream(path), threads);
}

io::hts::InputFile open_hts_file(io::hts::InputStream stream, const io::IoThreads& threads) {
  return open_given([&] { return io::hts::InputFile(std::move(stream), threads.pool()); });
}

}  // namespace anneal::cli
