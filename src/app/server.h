// The server process: the gateway on threads, sockets and a data folder.
#pragma once

#include "app/options.h"

namespace parley::app {

// Serves until SIGTERM or SIGINT. Returns the process's exit code: 0 after an orderly stop, 1 when
// it could not start (the reason, naming the option, goes to standard error).
int Serve(const Options& options);

}  // namespace parley::app
