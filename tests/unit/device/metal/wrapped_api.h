// Metal with other devices than there are.
#pragma once

#include <functional>
#include <utility>

#include "device/metal/runtime_api.h"

namespace anneal::device::metal {

/// Shows the first device `copies` times, each with its own properties. All else is that device's.
class WrappedApi final : public RuntimeApi {
 public:
  explicit WrappedApi(RuntimeApi& api) : api_(api) {}

  int copies = 1;
  std::function<void(DeviceProperties& properties, int ordinal)> change = [](DeviceProperties&, int) {};
  int execution_width = 0;  ///< of all kernels; 0: what it is

  Outcome devices(std::vector<Object>& devices) override {
    std::vector<Object> found;
    Outcome outcome = api_.devices(found);
    devices.clear();
    // The objects are different ones, and the device is the same.
    for (int i = 0; i < copies; ++i) {
      devices.emplace_back(found.front().get(), [first = found.front()](void*) {});
      copies_.push_back(devices.back());
    }
    return outcome;
  }
  Outcome properties(const Object& device, DeviceProperties& properties) override {
    Outcome outcome = api_.properties(device, properties);
    change(properties, ordinal_of(device));
    return outcome;
  }
  std::uint64_t allocated(const Object& device) override { return api_.allocated(device); }
  std::string system_version() override { return api_.system_version(); }
  Outcome create_queue(const Object& device, const std::string& label, Object& queue) override {
    return api_.create_queue(device, label, queue);
  }
  Outcome create_buffer(const Object& device, std::size_t bytes, Storage storage, const std::string& label,
                        Object& buffer, void*& contents) override {
    return api_.create_buffer(device, bytes, storage, label, buffer, contents);
  }
  void host_wrote(const Object& buffer, std::size_t offset, std::size_t bytes) override {
    api_.host_wrote(buffer, offset, bytes);
  }
  Outcome create_library(const Object& device, const std::string& source, const std::string& label,
                         Object& library) override {
    return api_.create_library(device, source, label, library);
  }
  Outcome create_pipeline(const Object& library, const std::string& function, std::span<const Constant> constants,
                          Object& pipeline, KernelAttributes& attributes) override {
    Outcome outcome = api_.create_pipeline(library, function, constants, pipeline, attributes);
    if (execution_width > 0) attributes.execution_width = execution_width;
    return outcome;
  }
  Outcome commit(const Object& queue, std::span<const Command> commands, const std::string& label,
                 std::function<void(const Completion&)> completed) override {
    return api_.commit(queue, commands, label, std::move(completed));
  }

 private:
  // A copy is known by who owns it.
  int ordinal_of(const Object& device) const {
    int ordinal = 0;
    for (const Object& copy : copies_) {
      if (!copy.owner_before(device) && !device.owner_before(copy)) return ordinal % copies;
      ++ordinal;
    }
    return 0;
  }

  RuntimeApi& api_;
  std::vector<Object> copies_;
};

}  // namespace anneal::device::metal
