#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

namespace parley::cli {
namespace {

constexpr ArgumentSpec kServerOptions[] = {
    {"--data", "Data folder of the server; ./data when left out (PARLEY_DATA)"},
    {"--url", "Address of the server, when it is not in the data folder (PARLEY_URL)"},
    {"--token", "Admin token, better given as PARLEY_ADMIN_TOKEN"},
    {"--ca-files", "Files with certificates to trust beside the system's (PARLEY_CA_FILES)", false,
     ArgumentKind::kList},
};
constexpr std::string_view kJsonHelp = "Print JSON, for programs";

CLI::Option* AddArgument(CLI::App& command, const ArgumentSpec& spec) {
  const std::string name(spec.name), help(spec.help);
  CLI::Option* option = nullptr;
  switch (spec.kind) {
    case ArgumentKind::kFlag:
      return command.add_flag(name, help);
    case ArgumentKind::kList:
      return command.add_option(name)
          ->description(help)
          ->type_name("TEXT")
          ->expected(1, 1000)
          ->allow_extra_args(false);
    case ArgumentKind::kText:
      option = command.add_option(name)->description(help)->type_name("TEXT");
      break;
    case ArgumentKind::kNumber:
      option = command.add_option(name)->description(help)->type_name("NUMBER");
      break;
    case ArgumentKind::kDuration:
    case ArgumentKind::kTime:
      option = command.add_option(name)->description(help)->type_name("TIME");
      break;
  }
  if (spec.by_place()) option->type_name("");
  return option->required(spec.required);
}

void AddServerOptions(CLI::App& command, ServerPlace& place) {
  command.add_option("--data", place.data, std::string(kServerOptions[0].help))
      ->envname("PARLEY_DATA");
  command.add_option("--url", place.url, std::string(kServerOptions[1].help))
      ->envname("PARLEY_URL");
  command.add_option("--token", place.token, std::string(kServerOptions[2].help))
      ->envname("PARLEY_ADMIN_TOKEN");
  command.add_option("--ca-files", place.ca_files, std::string(kServerOptions[3].help))
      ->delimiter(',')
      ->allow_extra_args(false)
      ->envname("PARLEY_CA_FILES");
}

void AddCommand(CLI::App& parent, std::string name, const Command& row, Choice& choice,
                const std::function<void(CLI::App&)>& add_folder_options) {
  CLI::App* command = parent.add_subcommand(std::move(name), std::string(row.summary));
  if (row.hidden) command->group("");
  for (const ArgumentSpec& spec : row.arguments) AddArgument(*command, spec);
  command->add_flag("--json", choice.json, std::string(kJsonHelp));
  if (row.needs == Needs::kServer) AddServerOptions(*command, choice.place);
  if (row.needs == Needs::kFolder) add_folder_options(*command);
  command->callback([command, &row, &choice] {
    choice.command = &row;
    for (const ArgumentSpec& spec : row.arguments)
      for (const std::string& value : command->get_option(std::string(spec.name))->results())
        choice.arguments.Add(spec.name, value);
  });
}

}  // namespace

void AddCommands(CLI::App& program, Choice& choice,
                 const std::function<void(CLI::App&)>& add_folder_options) {
  std::map<std::string_view, CLI::App*> groups;
  for (const Command& row : Commands()) {
    const std::size_t blank = row.name.find(' ');
    const std::string_view first = row.name.substr(0, blank);
    if (blank == std::string_view::npos) {
      AddCommand(program, std::string(first), row, choice, add_folder_options);
      continue;
    }
    for (const CommandGroup& group : CommandGroups())
      if (group.name == first && !groups.contains(first))
        groups[first] = program.add_subcommand(std::string(first), std::string(group.summary))
                            ->require_subcommand(1);
    AddCommand(*groups.at(first), std::string(row.name.substr(blank + 1)), row, choice,
               add_folder_options);
  }
}

int Run(const Choice& choice, AdminApi& api, Local& local, Output& output) {
  if (auto checked = CheckArguments(choice.command->arguments, choice.arguments); !checked)
    return output.Usage(checked.error().public_text());
  Session session{choice.arguments, api, local, output};
  auto done = choice.command->run(session);
  if (done) return *done;
  output.Failure(done.error());
  return 1;
}

std::string PrintCommands() {
  std::string out;
  for (const Command& row : Commands()) {
    if (row.hidden) continue;
    std::string usage = "parley " + std::string(row.name);
    for (const ArgumentSpec& spec : row.arguments)
      if (spec.by_place())
        usage += spec.required ? fmt::format(" {}", spec.name) : fmt::format(" [{}]", spec.name);
    out += fmt::format("\n## {}\n\n{}.\n", usage, row.summary);
    if (row.arguments.empty()) continue;
    out += "\n| Argument | |\n|---|---|\n";
    for (const ArgumentSpec& spec : row.arguments)
      out += fmt::format("| `{}` | {} |\n", spec.name, spec.help);
  }
  out += "\n## Finding the server\n\nCommands that talk to a running server take these options:\n";
  out += "\n| Argument | |\n|---|---|\n";
  for (const ArgumentSpec& spec : kServerOptions)
    out += fmt::format("| `{}` | {} |\n", spec.name, spec.help);
  out += fmt::format("| `--json` | {} |\n", kJsonHelp);
  return out;
}

}  // namespace parley::cli
