// The calls of Metal that anneal makes, without its headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "device/launch_shape.h"
#include "device/metal/status.h"

namespace anneal::device::metal {

/// An object of Metal's: a device, queue, buffer, library or pipeline. It is released with its last owner.
using Object = std::shared_ptr<void>;

/// Where a buffer is.
enum class Storage {
  shared,     ///< in the host's memory; a device with memory of its own reaches it across the bus
  managed,    ///< a copy on either side, kept equal by host_wrote() and Fetch. On unified memory there is but one
  on_device,  ///< Metal's `private`: the host cannot reach it
};

struct DeviceProperties {
  std::string name;
  std::string family;                 ///< the newest GPU families that it is of, such as "Apple7, Mac2, Metal3"
  std::uint64_t id = 0;               ///< its registry ID
  std::uint64_t memory = 0;           ///< bytes that Metal recommends to use at most (recommendedMaxWorkingSetSize)
  std::uint64_t largest_buffer = 0;   ///< bytes
  Extent largest_group;               ///< threads in each dimension
  std::size_t threadgroup_bytes = 0;  ///< threadgroup memory of a group
  bool unified_memory = false;        ///< the host's memory and the device's are one
  bool has_simdgroups = false;        ///< shuffles and reductions among the lanes of a simdgroup: Apple7 or Mac2
  bool has_matrices = false;          ///< products of matrices that a simdgroup holds: Apple7
};

struct KernelAttributes {
  int max_threads = 0;                ///< in a group: maxTotalThreadsPerThreadgroup
  int execution_width = 0;            ///< lanes of a simdgroup: threadExecutionWidth
  std::size_t threadgroup_bytes = 0;  ///< that the kernel itself declares
};

/// A value of [[function_constant(index)]].
struct Constant {
  unsigned index = 0;
  std::variant<bool, std::int32_t, std::uint32_t> value;

  auto operator<=>(const Constant&) const = default;
};

/// A kernel's argument at [[buffer(index)]], where `index` is its place in Dispatch::bindings: a buffer, or bytes.
struct Binding {
  Object buffer;  ///< null: bytes
  std::size_t offset = 0;
  std::vector<unsigned char> bytes;  ///< 1 to 4096
};

/// What a command buffer does, in this order.
struct Dispatch {
  Object pipeline;
  std::string name;  ///< the kernel's
  std::vector<Binding> bindings;
  LaunchShape shape;
};
struct CopyBytes {  ///< offsets and bytes: multiples of 4
  Object from, to;
  std::size_t from_offset = 0, to_offset = 0, bytes = 0;
};
struct FillBytes {  ///< offset and bytes: multiples of 4
  Object to;
  std::size_t offset = 0, bytes = 0;
  unsigned char value = 0;
};
struct Fetch {  ///< what the device wrote to a managed buffer, for the host
  Object buffer;
};
using Command = std::variant<Dispatch, CopyBytes, FillBytes, Fetch>;

/// How a command buffer ended.
struct Completion {
  Outcome outcome;
  double begin = 0, end = 0;  ///< seconds of the device's clock
};

/// Each function makes the calls that its comment names. Thread-safe, but for one buffer or one queue.
class RuntimeApi {
 public:
  virtual ~RuntimeApi() = default;

  /// MTLCreateSystemDefaultDevice, MTLCopyAllDevices: the default device comes first.
  virtual Outcome devices(std::vector<Object>& devices) = 0;
  virtual Outcome properties(const Object& device, DeviceProperties& properties) = 0;
  /// currentAllocatedSize: bytes that this process has of it.
  virtual std::uint64_t allocated(const Object& device) = 0;
  virtual std::string system_version() = 0;

  /// newCommandQueue
  virtual Outcome create_queue(const Object& device, const std::string& label, Object& queue) = 0;
  /// newBuffer; `bytes` is not 0. More than maxBufferLength is out_of_memory. `contents`: null where the host cannot
  /// reach it.
  virtual Outcome create_buffer(const Object& device, std::size_t bytes, Storage storage, const std::string& label,
                                Object& buffer, void*& contents) = 0;
  /// didModifyRange, of a managed buffer.
  virtual void host_wrote(const Object& buffer, std::size_t offset, std::size_t bytes) = 0;

  /// newLibraryWithSource
  virtual Outcome create_library(const Object& device, const std::string& source, const std::string& label,
                                 Object& library) = 0;
  /// newFunction, newComputePipelineState
  virtual Outcome create_pipeline(const Object& library, const std::string& function,
                                  std::span<const Constant> constants, Object& pipeline,
                                  KernelAttributes& attributes) = 0;

  /// Encodes the commands into one command buffer and commits it. `completed` is called once if that succeeds, on a
  /// thread of Metal's. Waits while 64 command buffers of the queue are not completed.
  virtual Outcome commit(const Object& queue, std::span<const Command> commands, const std::string& label,
                         std::function<void(const Completion&)> completed) = 0;
};

}  // namespace anneal::device::metal
