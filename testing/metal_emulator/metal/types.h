// Metal's plain types, as its calls pass them.
#pragma once

#include "objc/foundation.h"

namespace metal_emulator {

struct Size {
  UInteger width, height, depth;
};
struct Range {
  UInteger location, length;
};

/// MTLStorageMode.
enum class StorageMode : UInteger { shared = 0, managed = 1, on_device = 2, memoryless = 3 };

/// MTLCommandBufferStatus.
enum class Status : UInteger { not_enqueued = 0, enqueued = 1, committed = 2, scheduled = 3, completed = 4, error = 5 };

/// MTLCommandBufferError.
constexpr Integer error_internal = 1;
constexpr Integer error_device_removed = 11;

}  // namespace metal_emulator
