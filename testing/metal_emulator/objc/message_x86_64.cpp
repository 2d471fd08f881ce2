// objc_msgSend for x86-64: keeps all registers that arguments are passed in, looks the method up, and jumps there. A
// message to nil gives 0. With a result in memory (stret), its address is the first argument.
#if defined(__x86_64__)

#define SEND_MESSAGE(name, self, selector)                      \
  asm(".text\n.globl " name "\n.type " name ",@function\n" name \
      ":\n"                                                     \
      "  testq %" self ", %" self                               \
      "\n"                                                      \
      "  jz 1f\n"                                               \
      "  pushq %rbp\n"                                          \
      "  movq %rsp, %rbp\n"                                     \
      "  subq $0xC0, %rsp\n"                                    \
      "  movq %rdi, -0x08(%rbp)\n"                              \
      "  movq %rsi, -0x10(%rbp)\n"                              \
      "  movq %rdx, -0x18(%rbp)\n"                              \
      "  movq %rcx, -0x20(%rbp)\n"                              \
      "  movq %r8, -0x28(%rbp)\n"                               \
      "  movq %r9, -0x30(%rbp)\n"                               \
      "  movq %rax, -0x38(%rbp)\n"                              \
      "  movups %xmm0, -0x50(%rbp)\n"                           \
      "  movups %xmm1, -0x60(%rbp)\n"                           \
      "  movups %xmm2, -0x70(%rbp)\n"                           \
      "  movups %xmm3, -0x80(%rbp)\n"                           \
      "  movups %xmm4, -0x90(%rbp)\n"                           \
      "  movups %xmm5, -0xA0(%rbp)\n"                           \
      "  movups %xmm6, -0xB0(%rbp)\n"                           \
      "  movups %xmm7, -0xC0(%rbp)\n"                           \
      "  movq %" selector                                       \
      ", %r10\n"                                                \
      "  movq %" self                                           \
      ", %rdi\n"                                                \
      "  movq %r10, %rsi\n"                                     \
      "  call metal_emulator_lookup@PLT\n"                      \
      "  movq %rax, %r11\n"                                     \
      "  movq -0x08(%rbp), %rdi\n"                              \
      "  movq -0x10(%rbp), %rsi\n"                              \
      "  movq -0x18(%rbp), %rdx\n"                              \
      "  movq -0x20(%rbp), %rcx\n"                              \
      "  movq -0x28(%rbp), %r8\n"                               \
      "  movq -0x30(%rbp), %r9\n"                               \
      "  movq -0x38(%rbp), %rax\n"                              \
      "  movups -0x50(%rbp), %xmm0\n"                           \
      "  movups -0x60(%rbp), %xmm1\n"                           \
      "  movups -0x70(%rbp), %xmm2\n"                           \
      "  movups -0x80(%rbp), %xmm3\n"                           \
      "  movups -0x90(%rbp), %xmm4\n"                           \
      "  movups -0xA0(%rbp), %xmm5\n"                           \
      "  movups -0xB0(%rbp), %xmm6\n"                           \
      "  movups -0xC0(%rbp), %xmm7\n"                           \
      "  leave\n"                                               \
      "  jmp *%r11\n"                                           \
      "1: xorl %eax, %eax\n"                                    \
      "  xorl %edx, %edx\n"                                     \
      "  xorps %xmm0, %xmm0\n"                                  \
      "  ret\n"                                                 \
      ".size " name ", .-" name "\n")

SEND_MESSAGE("objc_msgSend", "rdi", "rsi");
SEND_MESSAGE("objc_msgSend_fpret", "rdi", "rsi");
SEND_MESSAGE("objc_msgSend_stret", "rsi", "rdx");

#endif
