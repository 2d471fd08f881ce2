// Progress of work that may have to be done again.
#pragma once

#include <cstdint>
#include <memory>

#include "anneal/align.h"

namespace anneal::search {

/// Passes on what the progress of several tries of the same work comes to: it never goes back.
inline RunControl steady(const RunControl& control) {
  if (!control.progress) return control;
  return {.stop = control.stop,
          .progress = [report = control.progress, most = std::make_shared<std::uint64_t>(0)](std::uint64_t done,
                                                                                             std::uint64_t total) {
            if (done <= *most) return;
            *most = done;
            report(done, total);
          }};
}

}  // namespace anneal::search
