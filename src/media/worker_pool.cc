#include "media/worker_pool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <mutex>
#include <vector>

#include "base/log.h"
#include "media/worker/packet.h"

namespace parley::media {
namespace {

using worker::Descriptor;

// What a worker knows of the world. One arena, because each takes address space; one thread, as
// the other processors are for other messages.
constexpr const char* kEnvironment[] = {"LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1",
                                        "VIPS_CONCURRENCY=1", "VIPS_DISC_THRESHOLD=4g", nullptr};

base::Error Unavailable(std::string_view doing) {
  const int reason = errno;
  return base::Error(base::ErrorCode::kUnavailable, "",
                     fmt::format("cannot {}: {}", doing, std::strerror(reason)));
}

// The family of words for errors that a file brought on itself.
base::Error CannotProcess() {
  return base::Error(base::ErrorCode::kMediaWrongType, "The media cannot be processed");
}
base::Error TakesTooLong() {
  return base::Error(base::ErrorCode::kMediaTooLarge, "The media takes too long to process");
}

base::Error ErrorOf(const worker::Answer& answer) {
  switch (*answer.refusal) {
    case worker::Refusal::kUnreadable:
      return base::Error(base::ErrorCode::kMediaWrongType, answer.text);
    case worker::Refusal::kTooLarge:
      return base::Error(base::ErrorCode::kMediaTooLarge, answer.text);
    case worker::Refusal::kEmpty:
      return base::Error(base::ErrorCode::kMediaEmpty, answer.text);
  }
  return CannotProcess();
}

std::int64_t WorkerCounters::*CounterOf(worker::Refusal refusal) {
  switch (refusal) {
    case worker::Refusal::kUnreadable:
      return &WorkerCounters::unreadable;
    case worker::Refusal::kTooLarge:
      return &WorkerCounters::too_large;
    case worker::Refusal::kEmpty:
      return &WorkerCounters::empty;
  }
  return &WorkerCounters::unreadable;
}

// A process that waits for jobs, in a group of its own with those it makes for them.
class Worker {
 public:
  Worker(pid_t pid, Descriptor socket) : pid_(pid), socket_(std::move(socket)) {}
  Worker(const Worker&) = delete;
  ~Worker() { Kill(); }

  static base::Result<std::unique_ptr<Worker>> Start(const std::string& program);

  bool Give(const worker::Request& request, const worker::JobFiles& files) {
    return worker::Send(socket_.get(), worker::Encode(request), files);
  }
  // Its end of the socket closes before a job that it leaves behind is killed.
  bool HasEnded() {
    pollfd other{socket_.get(), 0, 0};
    if (::poll(&other, 1, 0) <= 0) return false;
    Kill();
    return true;
  }
  void Kill() {
    if (pid_ < 0) return;
    ::kill(-pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
    pid_ = -1;
  }

 private:
  pid_t pid_;
  Descriptor socket_;
};

base::Result<std::unique_ptr<Worker>> Worker::Start(const std::string& program) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return Unavailable("make a socket");
  Descriptor ours(ends[0]), theirs(ends[1]);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, theirs.get(), worker::kSocket);
  posix_spawn_file_actions_addclosefrom_np(&files, worker::kSocket + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t pid = -1;
  char* arguments[] = {const_cast<char*>(program.c_str()), nullptr};
  const int failed = ::posix_spawn(&pid, program.c_str(), &files, &attributes, arguments,
                                   const_cast<char**>(kEnvironment));
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    errno = failed;
    return Unavailable(fmt::format("start {}", program));
  }
  return std::make_unique<Worker>(pid, std::move(ours));
}

enum class Reading { kWhole, kTooLong, kTimeout };

// Reads to the end, or until it is more than an answer can be. An answer is written at once, so
// that only its beginning has to be waited for, and no clock is needed.
Reading ReadAnswer(int fd, base::Duration longest, std::string& answer) {
  constexpr int kMaxSteps = 64;
  constexpr base::Duration kRest = std::chrono::seconds(5);
  char piece[16 * 1024];
  base::Duration wait = longest;
  for (int step = 0; step < kMaxSteps; ++step) {
    pollfd waiting{fd, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(wait.count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return Reading::kTimeout;
    const ssize_t received = ::read(fd, piece, sizeof(piece));
    if (received <= 0) return Reading::kWhole;
    answer.append(piece, static_cast<std::size_t>(received));
    if (answer.size() > worker::kMaxAnswer) return Reading::kTooLong;
    wait = kRest;
  }
  return Reading::kTooLong;
}

base::Result<std::string> ContentOf(int fd, std::int64_t max_size) {
  struct stat info {};
  if (::fstat(fd, &info) != 0) return Unavailable("read what was made of media");
  if (info.st_size > max_size) return CannotProcess();
  std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got = ::pread(fd, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return Unavailable("read what was made of media");
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

class Processes final : public WorkerPool {
 public:
  explicit Processes(WorkerOptions options) : options_(std::move(options)) {}

  base::Result<Work> Run(const worker::Request& request, Descriptor input) override;
  WorkerCounters counters() const override {
    const std::lock_guard lock(mutex_);
    return counters_;
  }

 private:
  // What came of giving the job to one worker; none: the worker was gone, through no fault of the
  // file.
  base::Result<std::optional<Work>> Try(const worker::Request& request, const Descriptor& input);
  base::Result<std::unique_ptr<Worker>> TakeIdle();
  void Return(std::unique_ptr<Worker> worker);
  void Count(std::int64_t WorkerCounters::*counter, std::int64_t by = 1) {
    const std::lock_guard lock(mutex_);
    counters_.*counter += by;
  }
  // A job that is under way.
  class Counted {
   public:
    explicit Counted(Processes& processes) : processes_(processes) {
      processes_.Count(&WorkerCounters::running);
    }
    ~Counted() { processes_.Count(&WorkerCounters::running, -1); }

   private:
    Processes& processes_;
  };

  const WorkerOptions options_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;  // guarded by mutex_
  WorkerCounters counters_;                    // guarded by mutex_
};

base::Result<std::unique_ptr<Worker>> Processes::TakeIdle() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      if (!worker->HasEnded()) return worker;
    }
  }
  return Worker::Start(options_.program);
}

void Processes::Return(std::unique_ptr<Worker> worker) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(worker));
}

base::Result<WorkerPool::Work> Processes::Run(const worker::Request& request, Descriptor input) {
  Count(&WorkerCounters::jobs);
  const Counted running(*this);
  for (int attempt = 0; attempt < 2; ++attempt) {
    PARLEY_TRY(work, Try(request, input));
    if (work) return std::move(*work);
    Count(&WorkerCounters::died);
  }
  return base::Error(base::ErrorCode::kUnavailable, "",
                     fmt::format("{} ends as soon as it is started", options_.program));
}

base::Result<std::optional<WorkerPool::Work>> Processes::Try(const worker::Request& request,
                                                             const Descriptor& input) {
  PARLEY_TRY(worker, TakeIdle());
  worker::JobFiles files;
  files.input = Descriptor(::fcntl(input.get(), F_DUPFD_CLOEXEC, 0));
  PARLEY_TRY(output, FileOf(""));
  files.output = std::move(output);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) return Unavailable("make a pipe");
  const Descriptor answers(pipe[0]);
  files.answer = Descriptor(pipe[1]);
  if (!worker->Give(request, files)) return std::optional<Work>();
  files.answer.Close();

  std::string text;
  const Reading reading = ReadAnswer(answers.get(), options_.longest, text);
  if (reading == Reading::kTimeout) {
    worker->Kill();
    Count(&WorkerCounters::hung);
    base::LogWarning("Media took too long and was given up",
                     {{"operation", NameOf(request.operation)}});
    return TakesTooLong();
  }
  if (reading == Reading::kTooLong) {
    worker->Kill();
    return CannotProcess();
  }
  if (text.empty() && worker->HasEnded()) return std::optional<Work>();
  Return(std::move(worker));
  auto answer = worker::DecodeAnswer(text);
  if (!answer) {
    Count(&WorkerCounters::died);
    base::LogWarning("A process died of media", {{"operation", NameOf(request.operation)}});
    return CannotProcess();
  }
  if (answer->refusal) {
    Count(CounterOf(*answer->refusal));
    return ErrorOf(*answer);
  }
  Work work;
  PARLEY_TRY(content, ContentOf(files.output.get(), request.max_output));
  if (answer->output != worker::Output::kNothing) work.output = std::move(content);
  work.answer = std::move(*answer);
  Count(&WorkerCounters::done);
  return std::optional<Work>(std::move(work));
}

}  // namespace

base::Result<std::unique_ptr<WorkerPool>> MakeWorkerPool(WorkerOptions options) {
  if (::access(options.program.c_str(), X_OK) != 0)
    return base::Error(
        base::ErrorCode::kUnavailable,
        fmt::format("{} is not there: put it beside parley, or name it with --media-worker, or "
                    "let media go as it is with --media-worker=off",
                    options.program));
  return std::unique_ptr<WorkerPool>(std::make_unique<Processes>(std::move(options)));
}

base::Result<Descriptor> FileOf(std::string_view bytes) {
  Descriptor file(::memfd_create("media", MFD_CLOEXEC));
  if (!file) return Unavailable("make a file in memory");
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Unavailable("write a file in memory");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return file;
}

}  // namespace parley::media
