#include "app/command_line.h"
#include "dashboard/files.h"

int main(int argc, char** argv) {
  return parley::app::RunCommandLine(argc, argv, parley::dashboard::EmbeddedFiles());
}
