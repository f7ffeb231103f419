#include "app/recogniser.h"

#include <fmt/format.h>

#include <filesystem>

namespace parley::app {
namespace {

// Beside this program.
std::string WorkerOf(const Options& options) {
  if (!options.speech_worker.empty()) return options.speech_worker;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return (program.parent_path() / "parley-speech-worker").string();
}

}  // namespace

speech::EmbeddedOptions RecogniserOptions(const Options& options) {
  speech::EmbeddedOptions recogniser;
  recogniser.worker = WorkerOf(options);
  recogniser.model = options.speech_model;
  recogniser.longest = DurationOf(options.speech_longest);
  return recogniser;
}

std::optional<std::string> RecogniserFault(const Options& options) {
  const speech::EmbeddedOptions recogniser = RecogniserOptions(options);
  std::error_code error;
  if (!std::filesystem::exists(recogniser.worker, error))
    return fmt::format("there is no {} (--speech-worker)", recogniser.worker);
  if (!std::filesystem::exists(recogniser.model, error))
    return fmt::format(
        "there is no model {} (--speech-model; Debian's package "
        "pocketsphinx-en-us)",
        recogniser.model);
  return std::nullopt;
}

}  // namespace parley::app
