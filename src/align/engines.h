// The engines of this build.
#pragma once

#include <memory>
#include <string_view>

#include "align/engine.h"

namespace anneal::align {

/// What an engine may use.
struct EngineResources {
  int threads = 1;
  std::uint64_t memory = 0;  ///< bytes of working memory
};

/// The engine for a backend's name or alias, "auto" for the best on this machine. An engine that fails its self-test is
/// not used: auto goes on to the next. Throws Error(invalid_argument) for an unknown name and Error(unavailable) for
/// one that this machine lacks or that fails.
std::unique_ptr<Engine> make_engine(std::string_view backend, const EngineResources& resources);

}  // namespace anneal::align
