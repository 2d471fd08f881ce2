// What the reports of benchmarks have in common.
#pragma once

#include <fmt/core.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/cpu.h"
#include "base/version.h"

namespace anneal::cli {

/// 0 for a workload too small for the clock: it gives no rate, and JSON knows no infinity.
inline double rate(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

inline double gcups(std::uint64_t cells, double seconds) { return rate(static_cast<double>(cells) / 1e9, seconds); }

inline std::string checksum_text(std::uint64_t checksum) { return fmt::format("{:016x}", checksum); }

/// Rows of a name and a value.
class ReportTable {
 public:
  void row(std::string_view name, const std::string& value) { text_ += fmt::format("{:<22}{}\n", name, value); }
  /// What measured it.
  void machine_rows(const std::string& backend, int threads) {
    row("backend", backend);
    row("processor", base::processor_name());
    row("threads", fmt::format("{}", threads));
    row("commit", std::string(base::build_info().commit));
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace anneal::cli
