// Waiting until the disk has what was written.
#pragma once

#include <string>

namespace anneal::io {

/// False, with errno set, where the disk reports a failure. True too where the file system knows no such request.
bool sync_file(int descriptor);

/// The same for the names of the files in a folder. True too where the folder may not be read.
bool sync_folder(const std::string& path);

}  // namespace anneal::io
