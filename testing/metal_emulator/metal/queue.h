// Command queues. Each has a thread that executes command buffers in the order of their commits, while callers go on.
#pragma once

#include <memory>
#include <thread>

#include "metal/labelled.h"
#include "metal/types.h"

namespace metal_emulator {

class CommandBuffer;

class Queue : public DeviceObject {
 public:
  Queue(Device& device, UInteger most_buffers);
  ~Queue() override;

  /// Waits as long as there are as many uncompleted ones as the queue may have.
  id new_command_buffer(bool retains);
  /// Reserves a command buffer's place among those to be executed.
  void enqueue(CommandBuffer& buffer);
  /// Whether an enqueued one may be executed has changed.
  void note_commit();
  /// One is completed, or was released without a commit.
  void note_end(bool was_committed);

 private:
  struct State;
  static void execute_all(State& state);

  const UInteger most_buffers_;
  std::shared_ptr<State> state_;  // the thread has it as well, and may outlive the queue
  std::thread thread_;
};

id new_queue(Device& device, UInteger most_buffers);

void add_queue_methods();

}  // namespace metal_emulator
