// The program's command line: `parley serve` and the commands of cli/.
#pragma once

#include <span>

#include "dashboard/files.h"

namespace parley::app {

// Returns the process's exit code. `dashboard`: the page's files, for `serve`.
int RunCommandLine(int argc, char** argv, std::span<const dashboard::File> dashboard);

}  // namespace parley::app
