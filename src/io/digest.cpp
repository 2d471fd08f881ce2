#include "io/digest.h"

#define XXH_INLINE_ALL
#include <fmt/core.h>
#include <xxhash.h>

#include <array>

namespace anneal::io {

struct Digest::State {
  XXH3_state_t hash;
};

Digest::Digest() : state_(std::make_unique<State>()) { XXH3_128bits_reset(&state_->hash); }
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view piece) {
  add(piece.size());
  extend(piece);
}

void Digest::extend(std::string_view bytes) { XXH3_128bits_update(&state_->hash, bytes.data(), bytes.size()); }

void Digest::add(std::uint64_t number) {
  // Least significant byte first, on every machine.
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
  XXH3_128bits_update(&state_->hash, bytes.data(), bytes.size());
}

std::string Digest::text() const {
  const auto [high, low] = value();
  return fmt::format("{:016x}{:016x}", high, low);
}

std::array<std::uint64_t, 2> Digest::value() const {
  const XXH128_hash_t value = XXH3_128bits_digest(&state_->hash);
  return {value.high64, value.low64};
}

}  // namespace anneal::io
