// Reads FASTA, and writes what is long enough: compressed, as the name says.
#include <anneal/error.h>
#include <anneal/io/sequences.h>

#include <cstdio>
#include <filesystem>
#include <string>

namespace {

void keep_long(const std::string& path, const std::string& long_path) {
  anneal::io::SequenceFile reads(path, {.threads = anneal::io::IoThreads(2)});
  anneal::io::SequenceWriter writer(long_path, {.format = reads.format(), .line_width = 60});
  for (const anneal::io::SequenceRecord& read : reads) {
    if (read.sequence.size() >= 61) writer.write(read);
  }
  writer.commit();  // the file has its name from here on
}

void list(const std::string& path) {
  for (const anneal::io::SequenceRecord& read : anneal::io::SequenceFile(path)) {
    std::printf("%.*s: %zu letters\n", static_cast<int>(read.name.size()), read.name.data(), read.sequence.size());
  }
}

}  // namespace

int main() {
  const std::string folder = std::filesystem::temp_directory_path().string();
  const std::string path = folder + "/anneal-example.fa", long_path = folder + "/anneal-example-long.fa.gz";
  try {
    anneal::io::SequenceWriter writer(path, {.format = anneal::io::SequenceFormat::fasta});
    for (const int length : {40, 61, 150}) {
      const std::string name = "read" + std::to_string(length), sequence(static_cast<std::size_t>(length), 'A');
      writer.write({.name = name, .sequence = sequence});
    }
    writer.commit();
    keep_long(path, long_path);
    list(long_path);
  } catch (const anneal::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  std::filesystem::remove(path);
  std::filesystem::remove(long_path);
}
