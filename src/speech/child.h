// Runs a program of ours on some bytes and takes what it says: for work that is long, and that must
// not take the gateway with it when it fails.
#pragma once

#include <sys/types.h>

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace parley::speech {

struct ChildOutcome {
  int exit_code = -1;  // -1: it ended by a signal
  int signal = 0;
  std::string output;
};

// Thread: any.
class Children {
 public:
  static constexpr std::size_t kMaxOutput = 256 * 1024;

  // Starts `arguments[0]` with `input` as its standard input, waits for its end, and returns what
  // it wrote. It inherits no other open file and no environment. The program limits itself. What
  // writes more than kMaxOutput is killed. kUnavailable when it cannot be started, or after Stop.
  base::Result<ChildOutcome> Run(const std::vector<std::string>& arguments,
                                 const std::string& input);

  // Kills what runs; nothing starts any more.
  void Stop();

 private:
  base::Result<pid_t> Start(const std::vector<std::string>& arguments, int input, int output);

  std::mutex mutex_;
  bool stopped_ = false;     // guarded by mutex_
  std::set<pid_t> running_;  // not yet waited for; guarded by mutex_
};

}  // namespace parley::speech
