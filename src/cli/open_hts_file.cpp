#include "cli/open_hts_file.h"

#include "anneal/error.h"

namespace anneal::cli {

io::hts::InputFile open_hts_file(const std::string& path, const io::IoThreads& threads) {
  try {
    return io::hts::InputFile(path, threads.pool());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, error.what());
  }
}

}  // namespace anneal::cli
