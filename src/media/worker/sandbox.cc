#include "media/worker/sandbox.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <csignal>

namespace parley::media::worker {
namespace {

constexpr rlim_t kMaxFiles = 32;  // libvips duplicates a few

// All that decoders and libc need once everything is loaded.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(dup),
    SCMP_SYS(fstat),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
};

bool Limit(__rlimit_resource resource, rlim_t limit) {
  const rlimit both{limit, limit};
  return ::setrlimit(resource, &both) == 0;
}

// A sanitizer takes address space by the terabyte.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitsMemory = false;
#else
constexpr bool kLimitsMemory = true;
#endif

bool Filter() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (filter == nullptr) return false;
  bool is_built = true;
  for (const int call : kAllowed)
    is_built = is_built && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  // Threads, no processes. Of the newer call the filter cannot see what for, and libc falls back.
  is_built = is_built &&
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
             seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  // fstat() of newer libcs. Of a path it could tell size and times, no more.
  is_built = is_built && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                                          SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)) == 0;
  // Threads give themselves names.
  is_built = is_built && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                                          SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) == 0;
  // abort() must end the process that calls it, and no other.
  is_built = is_built &&
             seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                              SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))) == 0;
  is_built = is_built && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return is_built;
}

}  // namespace

bool Harden() {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_DUMPABLE, 0) == 0 && Limit(RLIMIT_CORE, 0);
}

bool Confine(const Request& request) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A file that grows over its limit fails to be written instead of ending the process.
  std::signal(SIGXFSZ, SIG_IGN);
  return (!kLimitsMemory || Limit(RLIMIT_AS, static_cast<rlim_t>(request.max_memory))) &&
         Limit(RLIMIT_CPU, static_cast<rlim_t>(request.max_seconds)) &&
         Limit(RLIMIT_FSIZE, static_cast<rlim_t>(request.max_output)) &&
         Limit(RLIMIT_NOFILE, kMaxFiles) && Filter();
}

}  // namespace parley::media::worker
