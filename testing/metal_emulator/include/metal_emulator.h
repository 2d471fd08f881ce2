// What tests can ask of the emulated Metal: which devices there are, how its threads are scheduled, what is checked,
// and what fails. Code under test never includes this; it calls Metal.
//
// All functions may be called from any thread. A command buffer goes by the settings at the time of its commit.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace metal_emulator {

enum class Processor {
  apple,    ///< unified memory: managed buffers are shared ones
  discrete  ///< as in an Intel Mac: managed buffers have a copy on the host and one on the device
};

/// In which order what runs at the same time on a GPU runs here.
enum class Order { forward, reverse, random };

struct DeviceSettings {
  Processor processor = Processor::apple;
  std::uint64_t memory = std::uint64_t{16} << 30;  ///< bytes that its buffers may have together
  std::uint64_t max_buffer_length = std::uint64_t{1} << 30;
  std::uint32_t max_threadgroup_memory = 32768;      ///< bytes
  std::uint32_t max_threads_per_threadgroup = 1024;  ///< of the device: a multiple of 32, 1024 at most
  std::uint32_t max_threads_of_pipelines = 1024;     ///< of pipelines that are made from now on, a multiple of 32
};

struct Settings {
  /// The system's default one first. What lives of a device that is not among them any more goes by the defaults.
  std::vector<DeviceSettings> devices = std::vector<DeviceSettings>(1);
  Order order = Order::forward;        ///< of threadgroups, simdgroups and lanes
  std::uint32_t seed = 0;              ///< of the random order
  unsigned workers = 0;                ///< threads that run threadgroups; 0: one per processor
  bool checks = false;                 ///< see README.md; kernels are compiled anew, checked runs have one worker
  bool strict_address_spaces = false;  ///< libraries must also compile where address spaces are types
  bool aborts = true;                  ///< what a kernel does wrong ends the program
  std::chrono::microseconds commit_delay{0};  ///< between a commit and its execution
};

/// Those that METAL_EMULATOR_... in the environment ask for, unless set_settings() was called.
Settings settings();
void set_settings(const Settings& settings);
/// Back to what the environment says; plans no fault, forgets findings, and brings removed devices back.
void reset();

/// What can fail, on any device. Code that handles errors should be right whichever call it is.
enum class Fault {
  buffer,         ///< a buffer is nil: no memory
  library,        ///< a library does not compile
  pipeline,       ///< a pipeline is not made
  command_buffer  ///< a command buffer ends with an error, and does nothing
};

/// Lets the `nth` such call from now on fail, 1 for the next, and those after it until there were `times`. `code` is
/// that of the error of a command buffer: MTL::CommandBufferError..., 1 where it is 0.
void plan_fault(Fault fault, unsigned nth, unsigned times = 1, long code = 0);
/// How many such calls there were since reset(): a test can let each of them fail in turn.
unsigned calls(Fault fault);
/// Command buffers of this device, counted from 0, fail as if it had been unplugged, and no buffer can be had of it: at
/// once, or as soon as `commits` more of them are committed. Then those that are on their way fail as well.
void remove_device(unsigned device = 0, unsigned commits = 0);
/// How many command buffers of this device were committed since reset().
unsigned commits(unsigned device);

/// What kernels did wrong since reset(), the oldest first. Their command buffers end with that text as their error.
std::vector<std::string> findings();

/// Objects that somebody still owns, besides devices.
long live_objects();
/// Objects that were autoreleased without a pool. On macOS they are never freed.
long leaked_without_pool();

/// How long the threads of all devices ran kernels, and how many threads that were.
struct Work {
  double seconds = 0;
  std::uint64_t threads = 0;
  std::uint64_t dispatches = 0;
};
Work work_done();

}  // namespace metal_emulator
