#include "speech/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>

namespace parley::speech {
namespace {

base::Error Failed(const char* what) {
  return base::Error(base::ErrorCode::kUnavailable, "The program could not be run",
                     std::string(what) + ": " + std::strerror(errno));
}

class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ~File() { Close(); }
  int fd() const { return fd_; }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

// In memory, so that nobody has to feed a program that may not read.
base::Result<File> FileOf(const std::string& bytes) {
  File file(memfd_create("input", MFD_CLOEXEC));
  if (file.fd() < 0) return Failed("memfd_create");
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t written = write(file.fd(), bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Failed("write");
    at += static_cast<std::size_t>(written);
  }
  if (lseek(file.fd(), 0, SEEK_SET) != 0) return Failed("lseek");
  return file;
}

// Up to the end, or up to one byte too many.
std::string ReadAll(int fd, std::size_t max) {
  std::string bytes;
  char piece[4096];
  while (bytes.size() <= max) {
    const ssize_t got = read(fd, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(piece, static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace

base::Result<ChildOutcome> Children::Run(const std::vector<std::string>& arguments,
                                         const std::string& input) {
  PARLEY_TRY(file, FileOf(input));
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Failed("pipe2");
  File from_child(ends[0]), to_us(ends[1]);
  PARLEY_TRY(pid, Start(arguments, file.fd(), to_us.fd()));
  to_us.Close();

  ChildOutcome outcome;
  outcome.output = ReadAll(from_child.fd(), kMaxOutput);
  const bool too_much = outcome.output.size() > kMaxOutput;
  // Its number is its own until it has been waited for.
  if (too_much) kill(pid, SIGKILL);
  siginfo_t ended{};
  while (waitid(P_PID, static_cast<id_t>(pid), &ended, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  const std::lock_guard lock(mutex_);
  running_.erase(pid);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) outcome.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) outcome.signal = WTERMSIG(status);
  if (too_much) outcome.output.clear();
  return outcome;
}

void Children::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  for (const pid_t pid : running_) kill(pid, SIGKILL);
}

base::Result<pid_t> Children::Start(const std::vector<std::string>& arguments, int input,
                                    int output) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  char* const no_environment[] = {nullptr};

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  base::Result<pid_t> started = base::Error(base::ErrorCode::kUnavailable, "Stopping");
  {
    const std::lock_guard lock(mutex_);
    pid_t pid = 0;
    if (!stopped_) {
      errno = posix_spawn(&pid, argv[0], &files, &attributes, argv.data(), no_environment);
      if (errno == 0) {
        running_.insert(pid);
        started = pid;
      } else {
        started = Failed(argv[0]);
      }
    }
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return started;
}

}  // namespace parley::speech
