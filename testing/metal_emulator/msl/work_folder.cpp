#include "msl/work_folder.h"

#include <cstdlib>
#include <filesystem>

#include "stop.h"

namespace metal_emulator {

WorkFolder::WorkFolder(const std::string& parent) : path_(parent + "/XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) stop("no folder can be made in " + parent);
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace metal_emulator
