#include "io/hts/file.h"

#include <fmt/core.h>
#include <htslib/bgzf.h>
#include <htslib/cram.h>
#include <htslib/hts_log.h>
#include <htslib/thread_pool.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "anneal/error.h"
#include "io/file_descriptor.h"

namespace anneal::io::hts {
namespace {

[[noreturn]] void refuse_damaged(const std::string& name) {
  throw Error(ErrorCode::invalid_input, fmt::format("{} is truncated or damaged; make it again", name));
}

// Takes the stream over if it succeeds.
htsFile* open_file_of(Stream& stream, const char* path, const char* mode) {
  hFILE* const given = stream.release();
  htsFile* const file = hts_hopen(given, path, mode);
  if (file == nullptr) stream.reset(given);
  return file;
}

void check_format(const InputStream& input) {
  const htsFormat format = input.detect_format();
  const std::string& name = input.name;
  if (format.format == empty_format) {
    throw Error(ErrorCode::invalid_input, fmt::format("{} is empty; give a file with records, or make it again", name));
  }
  // htsget would have it fetch what the file says from the network.
  const bool is_unknown = format.format == unknown_format || format.format == htsget ||
                          format.format == hts_crypt4gh_format || format.format == binary_format;
  if (is_unknown) throw Error(ErrorCode::invalid_input, fmt::format("{} is of no format that anneal knows", name));
}

}  // namespace

void refuse_truncated(const std::string& name) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} has no end marker: it was truncated, and records may be missing; make it again", name));
}

// A library does not print; what goes wrong is in what calls return.
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
  if (pool_ == nullptr) return;
  // htslib would format text by threads, too, and waits for ever where writing it fails.
  const bool is_text = file->format.format == text_format || file->format.format == sam;
  if (!is_text) {
    hts_set_thread_pool(file, pool_.get());
  } else if (file->is_bgzf) {
    bgzf_thread_pool(file->fp.bgzf, pool_->pool, pool_->qsize);
  }
}

InputFile::InputFile(const std::string& path, const Threads& threads) : InputFile(InputStream(path), threads) {}

InputFile::InputFile(InputStream input, const Threads& threads)
    : path_(input.path), name_(input.name), threads_(threads), seekable_(input.is_seekable) {
  check_format(input);
  file_.reset(open_file_of(input.stream, path_.c_str(), "r"));
  if (file_ == nullptr) refuse_damaged(name_);
  // Before the threads: htslib's would be waited for, for ever where they have met damage.
  if (hts_check_EOF(file_.get()) <= 0) refuse_truncated(name_);
  const htsExactFormat format = file_->format.format;
  if (format != bam && format != cram) threads_.serve(file_.get());
}

void InputFile::check_end() const {
  if (file_->is_bgzf && file_->fp.bgzf->no_eof_block) refuse_truncated(name_);
  if (!file_->is_cram) return;
  constexpr int without_end_marker = 2;
  if (cram_eof(file_->fp.cram) == without_end_marker) refuse_truncated(name_);
  char byte = 0;
  if (hread(cram_fd_get_fp(file_->fp.cram), &byte, 1) != 0) refuse_damaged(name_);
}

OutputFile::OutputFile(const std::string& path, const std::string& mode, const Threads& threads)
    : output_(path), threads_(threads), descriptor_(output_.duplicate()) {
  keep_quiet();
  Stream stream = open_stream(descriptor_, mode.c_str());
  if (stream != nullptr) file_ = open_file_of(stream, path.c_str(), mode.c_str());
  if (file_ == nullptr) fail();
  threads_.serve(file_);
}

OutputFile::~OutputFile() {
  if (file_ == nullptr) return;
  discard_rest();
  hts_close(file_);
}

// htslib knows no other way of closing than with what is buffered, and with the marker that says that all is there.
void OutputFile::discard_rest() const {
  const FileDescriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (nowhere.is_open()) ::dup2(nowhere.get(), descriptor_);
}

void OutputFile::commit() {
  // Closing forgets what a thread failed at.
  if (file_->is_bgzf && bgzf_flush(file_->fp.bgzf) != 0) fail();
  errno = 0;
  if (hts_close(std::exchange(file_, nullptr)) < 0) fail();
  output_.commit();
}

int OutputFile::error() const {
  if (file_ == nullptr) return 0;
  if (file_->is_cram) return herrno(cram_fd_get_fp(file_->fp.cram));
  return herrno(file_->is_bgzf ? file_->fp.bgzf->fp : file_->fp.hfile);
}

void OutputFile::fail() const {
  const int of_call = errno == 0 ? EIO : errno;
  output_.fail("write", error() == 0 ? of_call : error());
}

}  // namespace anneal::io::hts
