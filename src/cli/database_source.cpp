#include "cli/database_source.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"
#include "cli/record_stream.h"
#include "cli/spool.h"
#include "io/database_reader.h"

namespace anneal::cli {
namespace {

class TextDatabase final : public DatabaseSource {
 public:
  TextDatabase(const std::string& path, std::stop_token stop)
      : can_rewind_(!needs_spool(path)), records_(path, false, std::move(stop)) {}

  std::optional<Alphabet> alphabet() override { return records_.sample().alphabet(); }

  bool read(io::RecordBatch& batch, std::size_t max_bytes) override { return records_.read(batch, max_bytes); }

  void rewind() override {
    if (!can_rewind_) {
      throw Error(
          ErrorCode::invalid_input,
          fmt::format("{} is a pipe and can be read only once, but QUERY fills more memory than --memory allows "
                      "in one go; give DB as a file, fewer queries, a smaller --top, or more memory",
                      name()));
    }
    records_.rewind();
  }

  std::uint64_t bytes_taken() const override { return records_.bytes_taken(); }
  const std::string& name() const override { return records_.name(); }

 private:
  bool can_rewind_;
  RecordStream records_;
};

class PreparedDatabase final : public DatabaseSource {
 public:
  PreparedDatabase(const std::string& path, std::stop_token stop) : stop_(std::move(stop)), sequences_(path) {}

  std::optional<Alphabet> alphabet() override {
    return sequences_.letters() == 0 ? std::nullopt : std::optional(sequences_.alphabet());
  }

  bool read(io::RecordBatch& batch, std::size_t max_bytes) override {
    if (stop_.stop_requested()) throw Error(ErrorCode::cancelled, "interrupted");
    return sequences_.read(batch, max_bytes);
  }

  void rewind() override { sequences_.rewind(); }
  std::uint64_t bytes_taken() const override { return sequences_.bytes_taken(); }
  const std::string& name() const override { return sequences_.name(); }

 private:
  std::stop_token stop_;
  io::DatabaseReader sequences_;
};

}  // namespace

std::unique_ptr<DatabaseSource> open_database(const std::string& path, std::stop_token stop) {
  if (io::is_index(path)) return std::make_unique<PreparedDatabase>(path, std::move(stop));
  return std::make_unique<TextDatabase>(path, std::move(stop));
}

}  // namespace anneal::cli
