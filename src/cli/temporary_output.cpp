#include "cli/temporary_output.h"

#include <unistd.h>

#include "io/output_path.h"

namespace anneal::cli {

void remove_temporary_output(const std::string& path) {
  const io::OutputPath place = io::resolve_output(path);
  if (place.kind != io::OutputPath::replaced) return;
  // One for each output in the folder.
  for (int attempt = 0; attempt < 4; ++attempt) unlink(io::temporary_name(place.path, attempt).c_str());
}

}  // namespace anneal::cli
