#include "base/memory.h"

#include <mach/mach.h>
#include <sys/sysctl.h>

namespace anneal::base {

std::uint64_t total_memory() {
  std::uint64_t bytes = 0;
  std::size_t size = sizeof(bytes);
  return ::sysctlbyname("hw.memsize", &bytes, &size, nullptr, 0) == 0 ? bytes : 0;
}

std::uint64_t available_memory() {
  vm_statistics64_data_t statistics{};
  mach_msg_type_number_t count = HOST_VM_INFO64_COUNT;
  const auto result =
      ::host_statistics64(::mach_host_self(), HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&statistics), &count);
  if (result != KERN_SUCCESS) return 0;
  const std::uint64_t pages = std::uint64_t{statistics.free_count} + statistics.inactive_count;
  return pages * static_cast<std::uint64_t>(vm_kernel_page_size);
}

}  // namespace anneal::base
