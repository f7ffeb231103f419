// Commands on a command line: their rows as CLI11 subcommands, and running the one that was chosen.
#pragma once

#include <functional>
#include <string>

#include "cli/command.h"

namespace CLI {
class App;
}

namespace parley::cli {

// What the command line asked for; `command` is null when it was none of the table.
struct Choice {
  const Command* command = nullptr;
  Arguments arguments;
  ServerPlace place;  // for Needs::kServer
  bool json = false;
};

// Adds every row to `program`; parsing fills in `choice`. `add_folder_options` adds the server's
// own options to a command that Needs::kFolder. All three outlive the parsing.
void AddCommands(CLI::App& program, Choice& choice,
                 const std::function<void(CLI::App&)>& add_folder_options);

// Runs it. The exit code: 0 done, 1 refused or failed, 2 called wrongly.
int Run(const Choice& choice, AdminApi& api, Local& local, Output& output);

// Markdown, for docs/command-line.md.
std::string PrintCommands();

}  // namespace parley::cli
