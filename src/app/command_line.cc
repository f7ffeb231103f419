#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/options.h"
#include "app/server.h"

namespace parley::app {
namespace {

// One CLI11 option per row: flag, environment and configuration file at once.
void AddOptions(CLI::App& command, Options& options) {
  for (const OptionRow& row : OptionRows()) {
    const std::string flag = "--" + std::string(row.name);
    const std::string help(row.help);
    CLI::Option* added = nullptr;
    if (row.name == "config") {
      added = command.set_config(flag, "", help);
    } else if (auto* text = std::get_if<std::string Options::*>(&row.member)) {
      added = command.add_option(flag, options.*(*text), help)->capture_default_str();
    } else if (auto* flagged = std::get_if<bool Options::*>(&row.member)) {
      added = command.add_flag(flag, options.*(*flagged), help);
    } else if (auto* number = std::get_if<std::int64_t Options::*>(&row.member)) {
      added = command.add_option(flag, options.*(*number), help)->capture_default_str();
    } else {
      added = command.add_option(flag, options.*std::get<std::vector<std::string> Options::*>(
                                           row.member), help)
                  ->delimiter(',');
    }
    added->envname(EnvironmentName(row));
    if (row.hidden) added->group("");
  }
}

int ServeChecked(const Options& options) {
  const std::vector<std::string> faults = CheckOptions(options);
  for (const std::string& fault : faults) std::fprintf(stderr, "parley: %s\n", fault.c_str());
  return faults.empty() ? Serve(options) : 2;
}

}  // namespace

int RunCommandLine(int argc, char** argv) {
  CLI::App program("Parley, a self-hosted WhatsApp gateway that speaks 2Chat, Wapio and 1MSG");
  program.require_subcommand(1);
  Options options;
  int exit_code = 0;
  CLI::App* serve = program.add_subcommand("serve", "Run the gateway");
  AddOptions(*serve, options);
  serve->callback([&] { exit_code = ServeChecked(options); });
  CLI11_PARSE(program, argc, argv);
  return exit_code;
}

}  // namespace parley::app
