#include "base/cpu.h"

#include <sys/sysctl.h>
#include <unistd.h>

#include <algorithm>

namespace anneal::base {

int usable_processors() { return std::max(1, static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN))); }

std::string processor_name() {
  char name[256] = {};
  std::size_t size = sizeof(name) - 1;
  const bool known = ::sysctlbyname("machdep.cpu.brand_string", name, &size, nullptr, 0) == 0 && name[0] != '\0';
  return known ? name : "unknown processor";
}

std::string processor_identity() { return processor_name(); }

}  // namespace anneal::base
