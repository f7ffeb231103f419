// parley-media-worker: looks into media on behalf of a gateway, which starts it and talks to it
// over descriptor 3 (protocol.h). It loads what it needs once; for each job it makes a process of
// its own, which is confined (sandbox.h), does the job and ends.
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>

#include "media/worker/av.h"
#include "media/worker/job.h"
#include "media/worker/packet.h"
#include "media/worker/pixels.h"
#include "media/worker/sandbox.h"

namespace parley::media::worker {
namespace {

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string_view> Mapped(int fd) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return std::nullopt;
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size == 0) return std::string_view();
  void* bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) return std::nullopt;
  return std::string_view(static_cast<const char*>(bytes), size);
}

// The whole life of a job's process. Without an answer the gateway knows that it failed.
int DoJob(const Packet& packet) {
  const auto request = DecodeRequest(packet.bytes);
  if (!request || !Confine(*request)) return 1;
  const auto file = Mapped(packet.files.input.get());
  if (!file) return 1;
  Made made = RunJob(Job{*request, *file});
  if (made.output.size() > static_cast<std::size_t>(request->max_output) ||
      !WriteAll(packet.files.output.get(), made.output))
    made = Refuse(Refusal::kTooLarge, "What the file unfolds to is too large");
  return WriteAll(packet.files.answer.get(), Encode(made.answer)) ? 0 : 1;
}

int Serve() {
  while (auto packet = Receive(kSocket)) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(kSocket);
      ::_exit(DoJob(*packet));
    }
    packet.reset();  // the answer ends with the child
    if (child < 0) return 1;
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  }
  return 0;
}

}  // namespace
}  // namespace parley::media::worker

int main() {
  using namespace parley::media::worker;
  if (!Harden() || !StartPixels()) {
    std::fputs("parley-media-worker: cannot start\n", stderr);
    return 1;
  }
  StartAv();
  return Serve();
}
