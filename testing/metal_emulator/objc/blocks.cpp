// The part of clang's runtime for blocks that metal-cpp needs, so that no package of it is: copies of blocks, and of
// the variables that they share (`__block`).
#include "objc/blocks.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace {

// What the ABI says about flags; the owners are counted in steps of 2.
constexpr int owner = 2;
constexpr int owners_mask = 0xfffe;
constexpr int is_on_heap = 1 << 24;
constexpr int has_helpers = 1 << 25;
constexpr int is_global = 1 << 28;
// And about what a block captures.
constexpr int captures_object = 3;
constexpr int captures_block = 7;
constexpr int captures_mask = 15;
constexpr int is_called_by_variable = 128;

struct Descriptor {
  unsigned long reserved, size;
  void (*copy)(void* to, const void* from);
  void (*dispose)(const void*);
};
struct BlockLayout {
  void* isa;
  int flags;
  int reserved;
  void (*invoke)();
  Descriptor* descriptor;
};
struct SharedVariable {
  void* isa;
  SharedVariable* forwarding;
  int flags;
  unsigned size;
  void (*keep)(SharedVariable* to, SharedVariable* from);
  void (*destroy)(SharedVariable*);
};

void* to_heap(const void* from, std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return std::memcpy(memory, from, size);
}

void add_owner(int& flags) { __atomic_add_fetch(&flags, owner, __ATOMIC_RELAXED); }

bool was_last_owner(int& flags) { return (__atomic_sub_fetch(&flags, owner, __ATOMIC_ACQ_REL) & owners_mask) == 0; }

SharedVariable* copy_variable(SharedVariable* from) {
  if ((from->forwarding->flags & is_on_heap) != 0) {
    add_owner(from->forwarding->flags);
    return from->forwarding;
  }
  auto* copy = static_cast<SharedVariable*>(to_heap(from, from->size));
  // Two owners: the block, and the variable on the stack that forwards to it.
  copy->flags = (copy->flags & ~owners_mask) | is_on_heap | 2 * owner;
  copy->forwarding = copy;
  from->forwarding = copy;
  if ((from->flags & has_helpers) != 0) from->keep(copy, from);
  return copy;
}

void release_variable(SharedVariable* variable) {
  variable = variable->forwarding;
  if ((variable->flags & is_on_heap) == 0 || !was_last_owner(variable->flags)) return;
  if ((variable->flags & has_helpers) != 0) variable->destroy(variable);
  std::free(variable);
}

bool is_left_alone(int captured) {
  return (captured & is_called_by_variable) != 0 || (captured & captures_mask) == captures_object;
}

}  // namespace

extern "C" {

void* _NSConcreteStackBlock[32];
void* _NSConcreteGlobalBlock[32];

void* _Block_copy(const void* block) {
  auto* layout = static_cast<BlockLayout*>(const_cast<void*>(block));
  if (layout == nullptr || (layout->flags & is_global) != 0) return layout;
  if ((layout->flags & is_on_heap) != 0) {
    add_owner(layout->flags);
    return layout;
  }
  auto* copy = static_cast<BlockLayout*>(to_heap(layout, layout->descriptor->size));
  copy->flags = (copy->flags & ~owners_mask) | is_on_heap | owner;
  if ((copy->flags & has_helpers) != 0) copy->descriptor->copy(copy, layout);
  return copy;
}

void _Block_release(const void* block) {
  auto* layout = static_cast<BlockLayout*>(const_cast<void*>(block));
  if (layout == nullptr || (layout->flags & is_on_heap) == 0 || !was_last_owner(layout->flags)) return;
  if ((layout->flags & has_helpers) != 0) layout->descriptor->dispose(layout);
  std::free(layout);
}

void _Block_object_assign(void* to, const void* captured, const int kind) {
  auto*& target = *static_cast<void**>(to);
  if (is_left_alone(kind)) {
    target = const_cast<void*>(captured);
  } else if ((kind & captures_mask) == captures_block) {
    target = _Block_copy(captured);
  } else {
    target = copy_variable(static_cast<SharedVariable*>(const_cast<void*>(captured)));
  }
}

void _Block_object_dispose(const void* captured, const int kind) {
  if (is_left_alone(kind)) return;
  if ((kind & captures_mask) == captures_block) {
    _Block_release(captured);
  } else {
    release_variable(static_cast<SharedVariable*>(const_cast<void*>(captured)));
  }
}

}  // extern "C"

namespace metal_emulator {

void* copy_block(const void* block) { return _Block_copy(block); }
void release_block(const void* block) { _Block_release(block); }
void (*block_function(const void* block))() { return static_cast<const BlockLayout*>(block)->invoke; }

}  // namespace metal_emulator
