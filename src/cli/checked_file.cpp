#include "cli/checked_file.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

#include "anneal/error.h"
#include "io/digest.h"
#include "io/file_source.h"
#include "io/output.h"

namespace anneal::cli {
namespace {

constexpr std::string_view magic = "anneal checkpoint 1\n";
constexpr std::size_t digest_digits = 32;

// Of the name too, as a file in the place of another one is as bad as a damaged one.
std::string digest_of(const std::string& path, std::string_view body) {
  io::Digest digest;
  digest.add(std::filesystem::path(path).filename().string());
  digest.add(body);
  return digest.text();
}

std::string read_whole(const std::string& path) {
  io::FileSource source(path);
  std::string bytes;
  std::vector<char> buffer(std::size_t{1} << 18);
  while (const std::size_t count = source.read(buffer)) bytes.append(buffer.data(), count);
  return bytes;
}

[[noreturn]] void fail(const std::string& path, std::string_view what) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("'{}' {}; remove the folder of the checkpoint to begin anew", path, what));
}

}  // namespace

void write_checked(const std::string& path, const nlohmann::json& value) {
  std::string body;
  nlohmann::json::to_cbor(value, body);
  io::Output output(path);
  output.write(magic);
  output.write(digest_of(path, body));
  output.write(body);
  output.commit_to_disk();
}

std::optional<nlohmann::json> read_checked(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  const std::string bytes = read_whole(path);
  const std::string_view all = bytes;
  if (!all.starts_with(magic)) fail(path, "is no checkpoint of this version of anneal");
  const std::string_view digest = all.substr(magic.size(), digest_digits);
  const std::string_view body = all.substr(std::min(magic.size() + digest_digits, all.size()));
  if (digest != digest_of(path, body)) fail(path, "is damaged");
  nlohmann::json value = nlohmann::json::from_cbor(body, true, false);
  if (value.is_discarded()) fail(path, "is damaged");
  return value;
}

}  // namespace anneal::cli
