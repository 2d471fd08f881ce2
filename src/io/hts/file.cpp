#include "io/hts/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts_log.h>
#include <htslib/thread_pool.h>

#include <cerrno>
#include <utility>

#include "anneal/error.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse_truncated(const std::string& name) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} has no end marker: it was truncated, and records may be missing; make it again", name));
}

// Takes the descriptor over.
htsFile* open_descriptor(int descriptor, const char* path, const char* mode) {
  hFILE* const stream = hdopen(descriptor, mode);
  if (stream == nullptr) {
    const int error = errno;
    ::close(descriptor);
    errno = error;
    return nullptr;
  }
  htsFile* const file = hts_hopen(stream, path, mode);
  if (file == nullptr) {
    const int error = errno;
    hclose_abruptly(stream);
    errno = error;
  }
  return file;
}

}  // namespace

void keep_quiet() {
  static const bool once = [] {
    hts_set_log_level(HTS_LOG_OFF);
    return true;
  }();
  static_cast<void>(once);
}

Threads::Threads(int count)
    : pool_(new htsThreadPool{hts_tpool_init(count), 0}, [](htsThreadPool* pool) {
        if (pool->pool != nullptr) hts_tpool_destroy(pool->pool);
        delete pool;
      }) {
  if (pool_->pool == nullptr) {
    throw Error(ErrorCode::out_of_memory, fmt::format("{} threads cannot be started; use fewer", count));
  }
}

void Threads::serve(htsFile* file) const {
  if (pool_ != nullptr) hts_set_thread_pool(file, pool_.get());
}

void Threads::serve_blocks(htsFile* file) const {
  const bool has_blocks = file->format.compression == bgzf || file->is_bgzf;
  if (pool_ != nullptr && has_blocks) bgzf_thread_pool(file->fp.bgzf, pool_->pool, pool_->qsize);
}

InputFile::InputFile(const std::string& path, const Threads& threads)
    : path_(path), name_(input_name(path)), threads_(threads) {
  keep_quiet();
  FileDescriptor descriptor = open_file(path);
  const int own = ::fcntl(descriptor.get(), F_DUPFD_CLOEXEC, 0);
  if (own < 0) refuse_file("read", name_, errno);
  errno = 0;
  file_.reset(open_descriptor(own, path.c_str(), "r"));
  if (file_ == nullptr) {
    if (errno != 0 && errno != ENOEXEC) refuse_file("read", name_, errno);
    throw Error(ErrorCode::invalid_input, fmt::format("{} is of no format that anneal knows", name_));
  }
  // Before there are threads: htslib would wait for one that has met a truncated block, and ended.
  if (hts_check_EOF(file_.get()) == 0) refuse_truncated(name_);
  threads_.serve(file_.get());
}

void InputFile::check_end() const {
  if (file_->is_bgzf && file_->fp.bgzf->no_eof_block) refuse_truncated(name_);
}

OutputFile::OutputFile(const std::string& path, const std::string& mode, const Threads& threads)
    : output_(path), threads_(threads) {
  keep_quiet();
  file_ = open_descriptor(output_.duplicate(), path.c_str(), mode.c_str());
  if (file_ == nullptr) fail();
  threads_.serve(file_);
}

OutputFile::~OutputFile() {
  if (file_ != nullptr) hts_close(file_);
}

void OutputFile::commit() {
  errno = 0;
  if (file_->is_bgzf && bgzf_flush(file_->fp.bgzf) < 0) fail();  // while it can be asked why
  if (hts_close(std::exchange(file_, nullptr)) < 0) fail();
  output_.commit();
}

void OutputFile::fail() const {
  int error = errno;
  // Where other threads write, errno is theirs.
  if (error == 0 && file_ != nullptr && file_->is_bgzf) error = herrno(file_->fp.bgzf->fp);
  output_.fail("write", error == 0 ? EIO : error);
}

}  // namespace anneal::io::hts
