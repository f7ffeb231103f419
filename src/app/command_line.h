// The program's command line: `parley serve` and the commands of cli/.
#pragma once

namespace parley::app {

// Returns the process's exit code.
int RunCommandLine(int argc, char** argv);

}  // namespace parley::app
