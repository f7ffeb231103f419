#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>

#include "app/local_commands.h"
#include "app/option_sources.h"
#include "app/server.h"
#include "app/simulation.h"
#include "base/version.h"
#include "cli/command_line.h"

namespace parley::app {
namespace {

// Of the server's options, those that every command on the data folder shows in its --help.
constexpr std::string_view kFolderOptions[] = {"data", "config", "key-file"};
// And those that the simulated network alone has.
constexpr std::string_view kSimulationOptions[] = {"data",
                                                   "config",
                                                   "sim-listen",
                                                   "sim-ack-delay",
                                                   "sim-delivery-delay",
                                                   "sim-jitter",
                                                   "sim-receipt-delay",
                                                   "sim-strict",
                                                   "log-format"};

// One CLI11 option per row; all can be given, and these are shown in --help (none: all). They only
// collect text: option_sources.h reads it, as it does that of the environment and the configuration
// file.
void AddOptions(CLI::App& command, std::span<const std::string_view> shown_options) {
  const Options defaults;
  for (const OptionRow& row : OptionRows()) {
    const std::string flag = "--" + std::string(row.name);
    const std::string help = std::string(row.help) + " (" + EnvironmentName(row) + ")";
    CLI::Option* added = nullptr;
    if (row.kind == OptionKind::kFlag) {
      added = command.add_flag(flag, help);
    } else {
      added = command.add_option(flag)->description(help)->type_name("TEXT");
      added->default_str(OptionText(row, defaults));
      if (row.kind == OptionKind::kList) added->expected(1, 1000)->allow_extra_args(false);
    }
    const bool shown =
        shown_options.empty() ||
        std::find(shown_options.begin(), shown_options.end(), row.name) != shown_options.end();
    if (row.hidden || !shown) added->group("");
  }
}

OptionSources SourcesOf(const CLI::App& command) {
  OptionSources sources;
  sources.environment = &ReadEnvironment;
  for (const OptionRow& row : OptionRows()) {
    const CLI::Option* option = command.get_option_no_throw("--" + std::string(row.name));
    if (option == nullptr || option->count() == 0) continue;
    std::string& text = sources.flags[std::string(row.name)];
    for (const std::string& value : option->results()) text += (text.empty() ? "" : ",") + value;
  }
  return sources;
}

int TellFaults(const GatheredOptions& gathered) {
  for (const std::string& fault : gathered.faults)
    std::fprintf(stderr, "parley: %s\n", fault.c_str());
  return 2;
}

int RunCommand(const cli::Choice& choice, const CLI::App* folder_command) {
  GatheredOptions gathered;
  cli::ServerPlace place = choice.place;
  if (folder_command != nullptr) {
    gathered = GatherOptions(SourcesOf(*folder_command));
    place = cli::ServerPlace();
    place.data = gathered.options.data;
    if (!gathered.faults.empty() && choice.command->name != "check") return TellFaults(gathered);
  }
  const auto api = cli::MakeAdminApi(std::move(place));
  LocalCommands local(gathered, *api);
  cli::Output output(choice.json, std::cout, std::cerr);
  return cli::Run(choice, *api, local, output);
}

// CLI11 has a code of its own for each fault; ours is 2 for all.
int TellParsing(const CLI::App& program, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return program.exit(error);
  std::fprintf(stderr, "parley: %s\n", error.what());
  const CLI::App* command = &program;
  std::string name = "parley";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += " " + command->get_name();
  }
  std::fprintf(stderr, "parley: %s --help shows what it takes\n", name.c_str());
  return 2;
}

}  // namespace

int RunCommandLine(int argc, char** argv, std::span<const dashboard::File> dashboard) {
  CLI::App program("Parley, a self-hosted WhatsApp gateway that speaks 2Chat, Wapio and 1MSG");
  program.require_subcommand(1);
  program.set_version_flag("--version", "Parley " + std::string(base::kVersion));
  CLI::App* serve = program.add_subcommand("serve", "Run the gateway");
  AddOptions(*serve, {});
  CLI::App* simulate = program.add_subcommand("simulate", "Run the simulated network alone");
  AddOptions(*simulate, kSimulationOptions);
  cli::Choice choice;
  cli::AddCommands(program, choice, [](CLI::App& command) {
    const bool all = command.get_name() == "check";
    AddOptions(command, all ? std::span<const std::string_view>()
                            : std::span<const std::string_view>(kFolderOptions));
  });
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return TellParsing(program, error);
  }
  if (serve->parsed()) {
    const GatheredOptions gathered = GatherOptions(SourcesOf(*serve));
    return gathered.faults.empty() ? Serve(gathered, dashboard) : TellFaults(gathered);
  }
  if (simulate->parsed()) {
    const GatheredOptions gathered = GatherOptions(SourcesOf(*simulate));
    return gathered.faults.empty() ? Simulate(gathered.options) : TellFaults(gathered);
  }
  const bool on_folder = choice.command->needs == cli::Needs::kFolder;
  return RunCommand(choice, on_folder ? program.get_subcommands().front() : nullptr);
}

}  // namespace parley::app
