// What may come of a call of Metal.
#pragma once

#include <string>

namespace anneal::device::metal {

using Status = int;  ///< 0 is success

/// Those of command buffers have the values of MTLCommandBufferError; the others are anneal's own.
namespace status {
inline constexpr Status success = 0;
inline constexpr Status internal = 1;
inline constexpr Status timeout = 2;  ///< the system's watchdog ended a command buffer that ran too long
inline constexpr Status page_fault = 3;
inline constexpr Status access_revoked = 4;  ///< too many of this process's command buffers failed
inline constexpr Status not_permitted = 7;
inline constexpr Status out_of_memory = 8;
inline constexpr Status invalid_resource = 9;
inline constexpr Status device_removed = 11;
inline constexpr Status stack_overflow = 12;
inline constexpr Status no_object = 101;     ///< Metal gave none, and no reason
inline constexpr Status not_compiled = 102;  ///< the source of a kernel, or its pipeline
inline constexpr Status not_ready = 103;     ///< the work is not done yet
}  // namespace status

/// What a call answers.
struct Outcome {
  Status status = status::success;
  std::string message;  ///< Metal's own words; maybe none

  bool ok() const { return status == status::success; }
};

/// Such as "DeviceRemoved".
std::string status_name(Status status);

/// After such a failure nothing that this process asks of the device can work. Others, such as a timeout, are those of
/// one command buffer.
bool is_sticky(Status status);

/// Of these, one after which other devices work.
bool is_loss_of_device(Status status);

}  // namespace anneal::device::metal
