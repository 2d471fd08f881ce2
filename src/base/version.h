// What this build of anneal is.
#pragma once

#include <string_view>

namespace anneal::base {

struct BuildInfo {
  std::string_view version;     ///< "0.1.0"
  std::string_view commit;      ///< abbreviated, with "-dirty" for local changes; "unknown" outside a checkout
  std::string_view compiler;    ///< "GNU 12.2.0"
  std::string_view build_type;  ///< "Release"
};

const BuildInfo& build_info();

}  // namespace anneal::base
