#include "device/metal/status.h"

namespace anneal::device::metal {

std::string status_name(Status status) {
  switch (status) {
    case status::success:
      return "Success";
    case status::internal:
      return "Internal";
    case status::timeout:
      return "Timeout";
    case status::page_fault:
      return "PageFault";
    case status::access_revoked:
      return "AccessRevoked";
    case status::not_permitted:
      return "NotPermitted";
    case status::out_of_memory:
      return "OutOfMemory";
    case status::invalid_resource:
      return "InvalidResource";
    case status::device_removed:
      return "DeviceRemoved";
    case status::stack_overflow:
      return "StackOverflow";
    case status::no_object:
      return "NoObject";
    case status::not_compiled:
      return "NotCompiled";
    case status::not_ready:
      return "NotReady";
    default:
      return "error " + std::to_string(status);
  }
}

bool is_sticky(Status status) { return status == status::access_revoked || is_loss_of_device(status); }

bool is_loss_of_device(Status status) { return status == status::device_removed; }

}  // namespace anneal::device::metal
