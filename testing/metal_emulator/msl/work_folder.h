#pragma once

#include <string>

namespace metal_emulator {

/// A folder of its own in another one. It is removed with all that is in it, unless it was moved away.
class WorkFolder {
 public:
  explicit WorkFolder(const std::string& parent);
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder();

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace metal_emulator
