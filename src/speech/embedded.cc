#include "speech/embedded.h"

#include <fmt/format.h>

#include <csignal>

#include "base/blocking_pool.h"
#include "base/json.h"
#include "speech/child.h"
#include "speech/sound.h"
#include "speech/text.h"

namespace parley::speech {
namespace {

using core::Hearing;
using core::TranscriptionFault;

// Of the words' posterior probability, as the worker gives it: below it, noise was taken for words.
constexpr double kLeastConfidence = 0.3;

std::string AsSeconds(base::Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count());
}

Hearing FaultOfSound(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::kMediaTooLarge:
      return Hearing::Fault(TranscriptionFault::kTooLong);
    case base::ErrorCode::kMediaWrongType:
      return Hearing::Fault(TranscriptionFault::kUndecodable);
    case base::ErrorCode::kMediaEmpty:
      return Hearing::Fault(TranscriptionFault::kNoSpeech);
    case base::ErrorCode::kNotFound:
      return Hearing::Fault(TranscriptionFault::kGone);
    default:
      return Hearing::Fault(TranscriptionFault::kUnavailable, std::string(error.public_text()));
  }
}

Hearing HearingOf(const base::Result<ChildOutcome>& ended) {
  if (!ended) return Hearing::Fault(TranscriptionFault::kUnavailable, ended.error().detail);
  if (ended->signal == SIGXCPU) return Hearing::Fault(TranscriptionFault::kTookTooLong);
  if (ended->exit_code == 0) return ReadHeard(ended->output);
  const std::string how = ended->signal != 0 ? fmt::format("signal {}", ended->signal)
                                             : fmt::format("exit code {}", ended->exit_code);
  return Hearing::Fault(TranscriptionFault::kUnavailable, "The recogniser ended with " + how);
}

class Embedded final : public core::Transcriber {
 public:
  Embedded(base::Scheduler& scheduler, core::MediaCare& care,
           std::unique_ptr<base::BlockingPool> threads, EmbeddedOptions options)
      : scheduler_(scheduler),
        care_(care),
        options_(std::move(options)),
        threads_(std::move(threads)) {}
  ~Embedded() override { children_.Stop(); }

  base::Task<Hearing> Transcribe(core::Speech speech) override {
    if (speech.media.size == 0)
      co_return Hearing::Fault(TranscriptionFault::kUndecodable, "0 bytes");
    auto sound = co_await care_.Speech(speech.media.sha256, options_.longest);
    if (!sound) co_return FaultOfSound(sound.error());
    if (sound->is_cut) co_return Hearing::Fault(TranscriptionFault::kTooLong);
    const std::vector<std::string> arguments = {options_.worker, options_.model,
                                                AsSeconds(options_.longest)};
    auto hear = [this, arguments, samples = std::move(sound->samples)]() -> Hearing {
      if (IsSilent(samples) || !MayBeVoice(samples))
        return Hearing::Fault(TranscriptionFault::kNoSpeech);
      return HearingOf(children_.Run(arguments, samples));
    };
    co_return co_await threads_->Run(scheduler_, std::move(hear));
  }

 private:
  base::Scheduler& scheduler_;
  core::MediaCare& care_;
  const EmbeddedOptions options_;
  Children children_;
  std::unique_ptr<base::BlockingPool> threads_;
};

}  // namespace

Hearing ReadHeard(const std::string& output) {
  auto parsed = base::ParseJson(output);
  const base::json::object* heard = parsed && parsed->is_object() ? &parsed->get_object() : nullptr;
  const base::json::value* confidence =
      heard == nullptr ? nullptr : base::Find(*heard, "confidence");
  if (confidence == nullptr || !confidence->is_number())
    return Hearing::Fault(TranscriptionFault::kUnavailable, "The recogniser's answer is none");
  Hearing hearing;
  hearing.text = Spoken(base::FindText(*heard, "text"), core::kMaxTranscript);
  hearing.language = "en-US";
  if (hearing.text.empty() || confidence->to_number<double>() < kLeastConfidence)
    return Hearing::Fault(TranscriptionFault::kNoSpeech);
  return hearing;
}

std::unique_ptr<core::Transcriber> MakeEmbedded(base::Scheduler& scheduler, core::MediaCare& care,
                                                std::unique_ptr<base::BlockingPool> threads,
                                                EmbeddedOptions options) {
  return std::make_unique<Embedded>(scheduler, care, std::move(threads), std::move(options));
}

}  // namespace parley::speech
