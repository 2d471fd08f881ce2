// Metal's words that C++ does not know. Included last: from here on they are macros.
#pragma once

#define is_function_constant_defined(name) metal_emulator_defined_##name
#define kernel
#define device METAL_EMULATOR_DEVICE
#define constant const METAL_EMULATOR_CONSTANT
#define threadgroup METAL_EMULATOR_SHARED
#define thread
