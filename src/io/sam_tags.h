// Tags that PAF and SAM share.
#pragma once

#include <string>

#include "anneal/align.h"
#include "io/append.h"
#include "io/extra_fields.h"

namespace anneal::io {

/// Appends those that there are of gs:i, gt:i and mo:i or dr:i, or of XS:i and se:i.
inline void append_extra_tags(std::string& text, const WriterOptions& options, const AlignedPair& record) {
  for (const ExtraField& field : extra_fields(options, &record)) {
    if (field.value) append_tag(text, field.tag, *field.value);
  }
}

}  // namespace anneal::io
