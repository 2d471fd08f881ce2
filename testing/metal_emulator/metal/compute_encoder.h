#pragma once

#include <array>
#include <memory>
#include <vector>

#include "grid/dispatch.h"
#include "metal/buffer.h"
#include "metal/encoder.h"
#include "metal/pipeline.h"

namespace metal_emulator {

/// What setBuffer or setBytes left at an index.
struct BoundArgument {
  Buffer* buffer = nullptr;  ///< the command buffer keeps it
  UInteger offset = 0;
  std::shared_ptr<std::vector<char>> bytes;

  bool is_empty() const { return buffer == nullptr && !bytes; }
  UInteger available() const { return buffer != nullptr ? buffer->length() - offset : bytes->size(); }
  BoundMemory memory(bool is_checked) const;
};
using BoundArguments = std::array<BoundArgument, most_bindings>;

class ComputeEncoder : public Encoder {
 public:
  ComputeEncoder(CommandBuffer& buffer, bool is_concurrent)
      : Encoder("MTLComputeCommandEncoder", buffer), is_concurrent_(is_concurrent) {}

  void set_pipeline(Pipeline* pipeline);
  void set_buffer(Buffer* buffer, UInteger offset, UInteger index);
  void set_offset(UInteger offset, UInteger index);
  void set_bytes(const void* bytes, UInteger length, UInteger index);
  void set_threadgroup_length(UInteger length, UInteger index);
  void barrier();

  /// `threads`: of the whole grid.
  void dispatch(Size threads, Size group);
  void dispatch_groups(Size groups, Size group);

 private:
  const bool is_concurrent_;
  bool follows_barrier_ = true;
  Owned<Pipeline> pipeline_;
  BoundArguments arguments_;
  std::array<std::uint32_t, most_bindings> threadgroup_lengths_{};
};

}  // namespace metal_emulator
