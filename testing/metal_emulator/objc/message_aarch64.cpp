// objc_msgSend for 64-bit Arm, as in message_x86_64.cpp. A result in memory has its address in x8, so all three are
// one.
#if defined(__aarch64__)

asm(R"(
.text
.globl objc_msgSend
.globl objc_msgSend_stret
.globl objc_msgSend_fpret
.type objc_msgSend, %function
objc_msgSend:
objc_msgSend_stret:
objc_msgSend_fpret:
  cbz x0, 1f
  stp x29, x30, [sp, #-224]!
  mov x29, sp
  stp x0, x1, [sp, #16]
  stp x2, x3, [sp, #32]
  stp x4, x5, [sp, #48]
  stp x6, x7, [sp, #64]
  str x8, [sp, #80]
  stp q0, q1, [sp, #96]
  stp q2, q3, [sp, #128]
  stp q4, q5, [sp, #160]
  stp q6, q7, [sp, #192]
  bl metal_emulator_lookup
  mov x16, x0
  ldp x0, x1, [sp, #16]
  ldp x2, x3, [sp, #32]
  ldp x4, x5, [sp, #48]
  ldp x6, x7, [sp, #64]
  ldr x8, [sp, #80]
  ldp q0, q1, [sp, #96]
  ldp q2, q3, [sp, #128]
  ldp q4, q5, [sp, #160]
  ldp q6, q7, [sp, #192]
  ldp x29, x30, [sp], #224
  br x16
1:
  mov x1, xzr
  fmov d0, xzr
  ret
.size objc_msgSend, .-objc_msgSend
)");

#endif
