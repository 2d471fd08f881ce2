// Opening files to read, with errors that say what to do.
#pragma once

#include <string>
#include <string_view>

#include "io/file_descriptor.h"

namespace anneal::io {

/// As messages print it: 'reads.fa', quotes included, or standard input for "-".
std::string input_name(const std::string& path);

/// Opens a path, or standard input for "-". Throws Error(io) where it is missing, unreadable or a directory.
FileDescriptor open_file(const std::string& path);

/// Throws Error(io): "cannot read 'reads.fa': ...". `error` is an errno.
[[noreturn]] void refuse_file(std::string_view action, const std::string& name, int error);

}  // namespace anneal::io
