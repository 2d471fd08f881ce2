#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "include/metal_emulator.h"
#include "metal/buffer.h"
#include "metal/labelled.h"
#include "metal/queue.h"
#include "metal/types.h"
#include "objc/blocks.h"
#include "settings.h"

namespace metal_emulator {

/// Executes what was encoded; what is wrong, or nothing.
using Command = std::function<std::string(const Settings&)>;

class CommandBuffer : public DeviceObject {
 public:
  using Handler = Block<id>;

  /// `retains`: it keeps what its commands use.
  CommandBuffer(Queue& queue, bool retains);
  ~CommandBuffer() override;

  void open_encoder();
  void close_encoder() { has_encoder_ = false; }
  void add(Command command) { commands_.push_back(std::move(command)); }
  /// That a command uses it: it stays as long as the command may run.
  void use(Buffer& buffer);

  void add_handler(std::vector<Handler>& handlers, const void* block);
  std::vector<Handler>& scheduled_handlers() { return scheduled_handlers_; }
  std::vector<Handler>& completed_handlers() { return completed_handlers_; }

  void enqueue();
  void commit();
  bool is_committed() const { return status() >= Status::committed; }
  /// On the queue's thread.
  void execute();

  /// Until it is completed and its handlers have run.
  void wait_until_completed();
  void wait_until_scheduled();

  Status status() const { return status_; }
  Error* error() const { return error_.get(); }
  Queue* queue() const { return queue_.get(); }
  bool retains() const { return retains_; }
  double start_time() const { return start_; }
  double end_time() const { return end_; }

 private:
  struct Failure {
    Integer code = 0;
    std::string text;
  };

  void set_status(Status status);
  Failure run_commands() const;
  void check_used_buffers() const;
  void call(std::vector<Handler>& handlers);

  Owned<Queue> queue_;
  const bool retains_;
  bool has_encoder_ = false;
  bool is_enqueued_ = false;
  std::vector<Command> commands_;
  std::vector<Owned<Buffer>> used_;  // each once
  std::vector<Handler> scheduled_handlers_, completed_handlers_;
  Settings settings_;  // since the commit
  Verdict verdict_;

  std::atomic<Status> status_{Status::not_enqueued};
  Owned<Error> error_;
  std::atomic<double> start_{0}, end_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_finished_ = false;
};

void add_command_buffer_methods();

}  // namespace metal_emulator
