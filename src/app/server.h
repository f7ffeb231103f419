// The server process: the gateway on threads, sockets and a data folder.
#pragma once

#include <span>

#include "app/option_sources.h"
#include "dashboard/files.h"

namespace parley::app {

// Serves, with the dashboard's files where there are any, until SIGTERM or SIGINT. Returns the
// process's exit code: 0 after an orderly stop, 1 when it could not start (the reason, naming the
// option, goes to standard error).
int Serve(const GatheredOptions& gathered, std::span<const dashboard::File> dashboard);

}  // namespace parley::app
