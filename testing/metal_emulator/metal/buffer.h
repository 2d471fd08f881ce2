// Buffers of all storage modes. On a discrete device, a managed one has a copy on either side.
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "check/shadow.h"
#include "grid/dispatch.h"
#include "metal/device.h"
#include "metal/types.h"

namespace metal_emulator {

class Buffer : public DeviceObject {
 public:
  using Deallocator = std::function<void()>;

  /// `options`: MTLResourceOptions.
  Buffer(Device& device, UInteger length, UInteger options);
  /// In memory of the caller, whom `deallocator` tells when it is not used any more.
  Buffer(Device& device, void* memory, UInteger length, UInteger options, Deallocator deallocator);
  ~Buffer() override;

  UInteger length() const { return length_; }
  StorageMode mode() const { return mode_; }

  /// What the host sees: null for private ones.
  char* contents() const { return mode_ == StorageMode::on_device ? nullptr : host_; }
  /// What kernels and blits see.
  char* device_memory() const { return device_ ? device_.get() : host_; }

  /// From the host's copy to the device's, and back.
  void update_device(UInteger offset, UInteger length);
  void update_host();

  /// For a kernel: all from `offset` on.
  BoundMemory bound(UInteger offset, bool is_checked);
  /// By a blit.
  void note_written(UInteger offset, UInteger length);

 private:
  struct Free {
    void operator()(char* memory) const;
  };
  using Memory = std::unique_ptr<char, Free>;

  static Memory allocate(UInteger length);
  void add_device_copy();
  ShadowMemory& shadow();

  UInteger length_;
  StorageMode mode_;
  Memory owned_;
  char* host_;
  Memory device_;  // where it differs
  Deallocator deallocator_;
  std::mutex shadow_mutex_;  // queues that have it run at the same time
  std::unique_ptr<ShadowMemory> shadow_;
};

/// Nil where there is no memory. `bytes`: null, or what is in it first.
id new_buffer(Device& device, UInteger length, UInteger options, const void* bytes);
id new_buffer_in(Device& device, void* memory, UInteger length, UInteger options, const void* deallocator);

void add_buffer_methods();

}  // namespace metal_emulator
