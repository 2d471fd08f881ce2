// The core's clock as it runs, which no operating system tells reliably.
#pragma once

namespace anneal::bench {

/// Cycles per second from a chain of dependent additions, which take a cycle each; the fastest of several short runs.
double measured_hertz();

}  // namespace anneal::bench
