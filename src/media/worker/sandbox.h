// What is taken from a process before it looks at somebody's file.
#pragma once

#include "media/worker/protocol.h"

namespace parley::media::worker {

// Once, for the process that waits for jobs: it ends with the gateway, leaves no core file, and can
// never gain rights.
bool Harden();

// For a process that does one job and ends: no more memory, processor time and output than the
// request says; then a filter of system calls that leaves memory, threads and the descriptors that
// are open, so that nothing can be opened, connected, started or signalled. What is refused fails
// with EPERM. False when a part of it could not be done: the job is not done then.
bool Confine(const Request& request);

}  // namespace parley::media::worker
