#include "metal/command_buffer.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "metal/device.h"
#include "metal/encoder.h"
#include "objc/autorelease.h"
#include "objc/class.h"
#include "stop.h"

namespace metal_emulator {
namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

CommandBuffer::CommandBuffer(Queue& queue, bool retains)
    : DeviceObject("MTLCommandBuffer", queue.device()), queue_(&queue), retains_(retains) {}

CommandBuffer::~CommandBuffer() {
  if (has_encoder_) stop("a command buffer is released while an encoder is open: endEncoding is missing");
  if (!is_committed()) queue_->note_end(false);
}

void CommandBuffer::open_encoder() {
  if (is_committed()) stop("an encoder is made of a committed command buffer");
  if (has_encoder_) stop("an encoder is made while another one is open: endEncoding is missing");
  has_encoder_ = true;
}

void CommandBuffer::add_handler(std::vector<Handler>& handlers, const void* block) {
  if (is_committed()) stop("a handler is added to a committed command buffer");
  handlers.emplace_back(block);
}

void CommandBuffer::use(Buffer& buffer) {
  const auto is_it = [&buffer](const Owned<Buffer>& other) { return other.get() == &buffer; };
  if (std::none_of(used_.begin(), used_.end(), is_it)) used_.emplace_back(&buffer);
}

void CommandBuffer::enqueue() {
  if (is_enqueued_) stop("a command buffer is enqueued twice");
  is_enqueued_ = true;
  status_ = Status::enqueued;
  queue_->enqueue(*this);
}

void CommandBuffer::commit() {
  if (is_committed()) stop("a command buffer is committed twice");
  if (has_encoder_) stop("a command buffer is committed while an encoder is open: endEncoding is missing");
  settings_ = settings();
  verdict_ = next_call(Fault::command_buffer);
  note_commit(device().number());
  if (!is_enqueued_) enqueue();
  status_ = Status::committed;
  queue_->note_commit();
}

void CommandBuffer::call(std::vector<Handler>& handlers) {
  for (const Handler& handler : handlers) handler(this);
  handlers.clear();
}

void CommandBuffer::set_status(Status status) {
  {
    const std::lock_guard lock(mutex_);
    status_ = status;
  }
  changed_.notify_all();
}

void CommandBuffer::check_used_buffers() const {
  if (retains_) return;
  for (const auto& buffer : used_) {
    if (buffer->owners() == 1) {
      stop("a buffer was released before a command buffer with unretained references that uses it was completed");
    }
  }
}

CommandBuffer::Failure CommandBuffer::run_commands() const {
  if (device().is_removed()) return {error_device_removed, "the device was removed"};
  if (verdict_.fails) return {verdict_.code, "a fault that the test planned"};
  for (const Command& command : commands_) {
    const std::string wrong = command(settings_);
    if (!wrong.empty()) return {error_internal, wrong};
  }
  return {};
}

void CommandBuffer::execute() {
  if (settings_.commit_delay.count() > 0) std::this_thread::sleep_for(settings_.commit_delay);
  auto* pool = new AutoreleasePool;
  set_status(Status::scheduled);
  call(scheduled_handlers_);
  start_ = now();
  check_used_buffers();
  const Failure failure = run_commands();
  end_ = now();
  if (failure.code != 0) {
    auto* error = new Error("MTLCommandBufferErrorDomain", failure.code, failure.text);
    error_ = Owned(error);
    error->release();
  }
  commands_.clear();
  used_.clear();
  set_status(failure.code == 0 ? Status::completed : Status::error);
  queue_->note_end(true);
  call(completed_handlers_);
  {
    const std::lock_guard lock(mutex_);
    is_finished_ = true;
    changed_.notify_all();  // with the lock: whoever waits may release it at once
  }
  pool->release();
}

void CommandBuffer::wait_until_completed() {
  if (!is_committed()) stop("waitUntilCompleted: the command buffer is not committed, so this waits for ever");
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return is_finished_; });
}

void CommandBuffer::wait_until_scheduled() {
  if (!is_committed()) stop("waitUntilScheduled: the command buffer is not committed, so this waits for ever");
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return status() >= Status::scheduled; });
}

void add_command_buffer_methods() {
  const char* name = "MTLCommandBuffer";
  add_device_object_methods(name);
  const auto completed = [](id self, SEL, const void* block) {
    auto* buffer = object_of<CommandBuffer>(self);
    buffer->add_handler(buffer->completed_handlers(), block);
  };
  const auto scheduled = [](id self, SEL, const void* block) {
    auto* buffer = object_of<CommandBuffer>(self);
    buffer->add_handler(buffer->scheduled_handlers(), block);
  };
  add_methods(
      name, {method("computeCommandEncoder", [](id self, SEL) { return new_compute_encoder(self, false); }),
             method("computeCommandEncoderWithDispatchType:",
                    [](id self, SEL, UInteger type) { return new_compute_encoder(self, type == 1); }),
             method("blitCommandEncoder", [](id self, SEL) { return new_blit_encoder(self); }),
             method("commandQueue", [](id self, SEL) -> id { return object_of<CommandBuffer>(self)->queue(); }),
             method("retainedReferences", [](id self, SEL) { return object_of<CommandBuffer>(self)->retains(); }),
             method("addCompletedHandler:", completed), method("addScheduledHandler:", scheduled),
             method("enqueue", [](id self, SEL) { object_of<CommandBuffer>(self)->enqueue(); }),
             method("commit", [](id self, SEL) { object_of<CommandBuffer>(self)->commit(); }),
             method("waitUntilCompleted", [](id self, SEL) { object_of<CommandBuffer>(self)->wait_until_completed(); }),
             method("waitUntilScheduled", [](id self, SEL) { object_of<CommandBuffer>(self)->wait_until_scheduled(); }),
             method("status", [](id self, SEL) { return object_of<CommandBuffer>(self)->status(); }),
             method("error", [](id self, SEL) -> id { return object_of<CommandBuffer>(self)->error(); }),
             method("GPUStartTime", [](id self, SEL) { return object_of<CommandBuffer>(self)->start_time(); }),
             method("GPUEndTime", [](id self, SEL) { return object_of<CommandBuffer>(self)->end_time(); })});
}

}  // namespace metal_emulator
