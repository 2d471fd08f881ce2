// Tags that PAF and SAM share.
#pragma once

#include <string>

#include "anneal/align.h"
#include "io/append.h"

namespace anneal::io {

/// Appends gs:i, gt:i and mo:i; nothing for null.
inline void append_extension_tags(std::string& text, const Extension* extension) {
  if (extension == nullptr) return;
  append_tag(text, "gs", extension->global_score);
  append_tag(text, "gt", extension->global_target_end);
  append_tag(text, "mo", extension->max_off);
}

}  // namespace anneal::io
