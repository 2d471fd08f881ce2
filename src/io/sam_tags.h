// Tags that PAF and SAM share.
#pragma once

#include <string>

#include "anneal/align.h"
#include "io/append.h"
#include "io/extension_fields.h"

namespace anneal::io {

/// Appends gs:i, gt:i and mo:i or dr:i, those that there are.
inline void append_extension_tags(std::string& text, Mode mode, const Extension* extension) {
  for (const ExtensionField& field : extension_fields(mode, extension)) {
    if (field.value) append_tag(text, field.tag, *field.value);
  }
}

}  // namespace anneal::io
