// What the engines of all GPUs share, by its name alone.
#pragma once

namespace anneal::align::gpu {}

namespace anneal::align::cuda {
using namespace gpu;
}
