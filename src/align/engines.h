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
  int callers = 1;           ///< threads that call at once
};

class AutoEngine;

/// The best engine for the CPU, and the best for a GPU where there is one, each where it is faster: see auto_engine.h.
/// One that fails its self-test is not used.
std::unique_ptr<AutoEngine> make_auto_engine(const EngineResources& resources);

/// The engine for a backend's name or alias; "auto" is make_auto_engine(). Throws Error(invalid_argument) for an
/// unknown name and Error(unavailable) for one that this machine lacks or that fails.
std::unique_ptr<Engine> make_engine(std::string_view backend, const EngineResources& resources);

}  // namespace anneal::align
