#include "cli/search_progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "cli/print.h"

namespace anneal::cli {
namespace {

constexpr auto terminal_interval = std::chrono::milliseconds(200);
constexpr auto log_interval = std::chrono::seconds(60);

std::string duration_text(double seconds) {
  const long long whole = std::llround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

SearchProgress::SearchProgress(bool wanted, std::uint64_t file_bytes)
    : wanted_(wanted), terminal_(isatty(STDERR_FILENO) != 0), file_bytes_(file_bytes) {}

SearchProgress::~SearchProgress() { clear(); }

void SearchProgress::begin_part(std::uint64_t cells, std::uint64_t file_end) {
  cells_before_ += part_cells_;
  part_cells_ = static_cast<double>(cells);
  part_begin_ = part_end_;
  part_end_ = file_end;
}

void SearchProgress::skip_part(std::uint64_t file_end) {
  part_end_ = file_end;
  skipped_end_ = file_end;
}

void SearchProgress::update(std::uint64_t done, std::uint64_t total) {
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now - last_ < (terminal_ ? Clock::duration(terminal_interval) : Clock::duration(log_interval)))
    return;
  last_ = now;
  print(total == 0 ? 0 : static_cast<double>(done) / static_cast<double>(total), now);
}

void SearchProgress::print(double part_fraction, Clock::time_point now) {
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  const double cells = cells_before_ + part_fraction * part_cells_;
  std::string text = fmt::format("{:.1f} GCUPS, {}", cells / seconds / 1e9, duration_text(seconds));
  if (file_bytes_ > 0) {
    const double place =
        static_cast<double>(part_begin_) + part_fraction * static_cast<double>(part_end_ - part_begin_);
    const auto whole = static_cast<double>(file_bytes_);
    const double searched = place - static_cast<double>(skipped_end_);
    text = fmt::format("{:.1f} % of the database, {}", 100 * std::min(place / whole, 1.0), text);
    if (searched > 0) {
      text += fmt::format(", {} left", duration_text(std::max(0.0, whole - place) * seconds / searched));
    }
  }
  if (terminal_) {
    fmt::print(stderr, "\ranneal: {}\x1b[K", text);
    shown_ = true;
  } else {
    print_message(text);
  }
}

void SearchProgress::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace anneal::cli
