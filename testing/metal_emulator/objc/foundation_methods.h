#pragma once

namespace metal_emulator {

void add_foundation_methods();

}  // namespace metal_emulator
