// A pipe from which a file's contents come.
#pragma once

#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace anneal::test {

class FedPipe {
 public:
  /// The contents are borrowed. SIGPIPE has to be ignored where they may not be read to their end.
  explicit FedPipe(std::string_view contents) {
    if (::pipe(ends_) != 0) throw std::runtime_error("cannot make a pipe");
    writer_ = std::thread([this, contents] {
      for (std::string_view rest = contents; !rest.empty();) {
        const ssize_t count = ::write(ends_[1], rest.data(), rest.size());
        if (count < 0) break;
        rest.remove_prefix(static_cast<std::size_t>(count));
      }
      ::close(ends_[1]);
    });
  }
  ~FedPipe() {
    ::close(ends_[0]);
    writer_.join();
  }
  FedPipe(const FedPipe&) = delete;
  FedPipe& operator=(const FedPipe&) = delete;

  std::string path() const { return "/dev/fd/" + std::to_string(ends_[0]); }

 private:
  int ends_[2] = {-1, -1};
  std::thread writer_;
};

}  // namespace anneal::test
