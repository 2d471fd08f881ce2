#include "metal/queue.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>

#include "metal/command_buffer.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {

struct Queue::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<CommandBuffer*> waiting;  // owned
  UInteger unfinished = 0;
  UInteger committed = 0;  // of the unfinished ones
  bool is_over = false;
};

Queue::Queue(Device& device, UInteger most_buffers)
    : DeviceObject("MTLCommandQueue", device), most_buffers_(most_buffers), state_(std::make_shared<State>()),
      thread_([state = state_] { execute_all(*state); }) {}

Queue::~Queue() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_over = true;
  }
  state_->changed.notify_all();
  // The last command buffer may own the queue until its own thread releases it.
  if (thread_.get_id() == std::this_thread::get_id()) {
    thread_.detach();
  } else {
    thread_.join();
  }
}

void Queue::execute_all(State& state) {
  for (;;) {
    std::unique_lock lock(state.mutex);
    const auto is_ready = [&state] { return !state.waiting.empty() && state.waiting.front()->is_committed(); };
    state.changed.wait(lock, [&] { return state.is_over || is_ready(); });
    if (!is_ready()) return;
    CommandBuffer* buffer = state.waiting.front();
    state.waiting.pop_front();
    lock.unlock();
    buffer->execute();
    buffer->release();
  }
}

id Queue::new_command_buffer(bool retains) {
  std::unique_lock lock(state_->mutex);
  if (state_->unfinished >= most_buffers_ && state_->committed == 0) {
    stop("commandBuffer: the queue has " + std::to_string(most_buffers_) +
         " command buffers, and none of them is committed: this waits for ever");
  }
  state_->changed.wait(lock, [this] { return state_->unfinished < most_buffers_; });
  ++state_->unfinished;
  return autoreleased(new CommandBuffer(*this, retains));
}

void Queue::enqueue(CommandBuffer& buffer) {
  buffer.retain();
  const std::lock_guard lock(state_->mutex);
  state_->waiting.push_back(&buffer);
}

void Queue::note_commit() {
  {
    const std::lock_guard lock(state_->mutex);
    ++state_->committed;
  }
  state_->changed.notify_all();
}

void Queue::note_end(bool was_committed) {
  {
    const std::lock_guard lock(state_->mutex);
    --state_->unfinished;
    if (was_committed) --state_->committed;
  }
  state_->changed.notify_all();
}

id new_queue(Device& device, UInteger most_buffers) {
  if (most_buffers == 0) stop("newCommandQueue: no command buffers at all");
  return new Queue(device, most_buffers);
}

void add_queue_methods() {
  add_device_object_methods("MTLCommandQueue");
  add_methods("MTLCommandQueue",
              {method("commandBuffer", [](id self, SEL) { return object_of<Queue>(self)->new_command_buffer(true); }),
               method("commandBufferWithUnretainedReferences",
                      [](id self, SEL) { return object_of<Queue>(self)->new_command_buffer(false); })});
}

}  // namespace metal_emulator
