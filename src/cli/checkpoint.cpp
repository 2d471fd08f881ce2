#include "cli/checkpoint.h"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <system_error>
#include <utility>

#include "anneal/error.h"
#include "cli/checked_file.h"

namespace anneal::cli {
namespace {

using nlohmann::json;

// Of each hit three numbers, one after the other.
json numbers_of(const std::vector<SearchHit>& hits) {
  json numbers = json::array();
  for (const SearchHit& hit : hits) {
    numbers.push_back(hit.target);
    numbers.push_back(hit.score);
    numbers.push_back(hit.reverse ? 1 : 0);
  }
  return numbers;
}

std::vector<SearchHit> hits_of(const json& numbers) {
  std::vector<SearchHit> hits;
  for (std::size_t i = 0; i + 2 < numbers.size(); i += 3) {
    hits.push_back({numbers[i].get<std::uint64_t>(), numbers[i + 1].get<std::int32_t>(), numbers[i + 2] == 1});
  }
  return hits;
}

std::string made_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder)) {
    throw Error(ErrorCode::io, fmt::format("cannot make the folder '{}' of --checkpoint: {}; choose another one",
                                           folder, error ? error.message() : "there is a file of that name"));
  }
  return folder;
}

}  // namespace

Checkpoint::Checkpoint(std::string folder, std::string fingerprint, bool resume, std::chrono::seconds interval)
    : folder_(std::move(folder)), lock_(made_folder(folder_)), fingerprint_(std::move(fingerprint)),
      interval_(interval) {
  const auto run = read_checked(path_of("run"));
  if (!run) return;
  if (!resume) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("'{}' holds the checkpoint of a run already; give --resume to go on with it, or choose "
                            "another folder for --checkpoint",
                            folder_));
  }
  if (run->at("fingerprint") != fingerprint_) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("'{}' holds the checkpoint of a run with other options or another version of anneal; "
                            "repeat its options, or choose another folder for --checkpoint",
                            folder_));
  }
}

QueryBlockLimits Checkpoint::limits(const QueryBlockLimits& fresh) {
  if (const auto run = read_checked(path_of("run"))) {
    return {.queries = run->at("block_queries"), .bytes = run->at("block_bytes")};
  }
  write_checked(path_of("run"),
                {{"fingerprint", fingerprint_}, {"block_queries", fresh.queries}, {"block_bytes", fresh.bytes}});
  return fresh;
}

std::optional<BlockOutput> Checkpoint::output_of(std::uint64_t block) const {
  const auto saved = read_checked(path_of(fmt::format("block-{}", block)));
  if (!saved) return std::nullopt;
  BlockOutput output{.query_digest = saved->at("query_digest"),
                     .targets = saved->at("targets"),
                     .letters = saved->at("letters"),
                     .database_digest = saved->at("database_digest")};
  const json::binary_t& text = saved->at("text").get_binary();
  output.text.assign(text.begin(), text.end());
  for (const json& reference : saved->at("references")) {
    const json::binary_t& name = reference[1].get_binary();
    output.references.insert({reference[0].get<std::uint64_t>(),
                              {std::string(name.begin(), name.end()), reference[2].get<std::uint64_t>()}});
  }
  return output;
}

void Checkpoint::save(std::uint64_t block, const BlockOutput& output) {
  // A name may hold any bytes, so that it is no JSON text.
  const auto binary = [](const std::string& text) { return json::binary({text.begin(), text.end()}); };
  json references = json::array();
  for (const auto& [target, reference] : output.references) {
    references.push_back({target, binary(reference.first), reference.second});
  }
  write_checked(path_of(fmt::format("block-{}", block)), {{"query_digest", output.query_digest},
                                                          {"targets", output.targets},
                                                          {"letters", output.letters},
                                                          {"database_digest", output.database_digest},
                                                          {"references", references},
                                                          {"text", binary(output.text)}});
  last_save_ = std::chrono::steady_clock::now();
}

std::optional<BlockProgress> Checkpoint::progress_of(std::uint64_t block) const {
  const auto saved = read_checked(path_of("progress"));
  if (!saved || saved->at("block") != block) return std::nullopt;
  BlockProgress progress{.block = block,
                         .query_digest = saved->at("query_digest"),
                         .targets = saved->at("targets"),
                         .letters = saved->at("letters"),
                         .database_digest = saved->at("database_digest")};
  for (const json& numbers : saved->at("hits")) progress.hits.push_back(hits_of(numbers));
  return progress;
}

void Checkpoint::save(const BlockProgress& progress) {
  json hits = json::array();
  for (const std::vector<SearchHit>& of_query : progress.hits) hits.push_back(numbers_of(of_query));
  write_checked(path_of("progress"), {{"block", progress.block},
                                      {"query_digest", progress.query_digest},
                                      {"targets", progress.targets},
                                      {"letters", progress.letters},
                                      {"database_digest", progress.database_digest},
                                      {"hits", hits}});
  last_save_ = std::chrono::steady_clock::now();
}

std::string Checkpoint::path_of(const std::string& name) const {
  return (std::filesystem::path(folder_) / name).string();
}

}  // namespace anneal::cli
