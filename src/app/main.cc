#include "app/command_line.h"

int main(int argc, char** argv) { return parley::app::RunCommandLine(argc, argv); }
