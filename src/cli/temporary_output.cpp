#include "cli/temporary_output.h"

#include <unistd.h>

#include "io/output_path.h"

namespace anneal::cli {

void remove_temporary_output(const std::string& path) {
  const io::OutputPath place = io::resolve_output(path);
  if (place.kind == io::OutputPath::replaced) unlink(io::temporary_name(place.path, 0).c_str());
}

}  // namespace anneal::cli
