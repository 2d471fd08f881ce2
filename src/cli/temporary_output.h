// What is left of an output when the program has to end without unwinding.
#pragma once

#include <string>

namespace anneal::cli {

/// Removes the file under whose temporary name io::Output writes what will be `path`. For SignalGuard.
void remove_temporary_output(const std::string& path);

}  // namespace anneal::cli
