// CloudLink: messages out.
#include <fmt/format.h>

#include <algorithm>

#include "base/crash_point.h"
#include "base/log.h"
#include "link/cloud/format/content_out.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/link.h"

namespace parley::link::cloud {
namespace {

using Kind = core::SendRefused::Kind;

// Meta answers within a second or two; when it takes longer it often has the message all the same.
constexpr base::Duration kSendLimit = std::chrono::seconds(30);

core::SendRefused Refusal(Kind kind, std::string code, std::string text) {
  core::SendRefused refused;
  refused.kind = kind;
  refused.failure = core::Failure{std::move(code), std::move(text)};
  return refused;
}

// What it means that a file was not taken. Handing a file up again doubles nothing.
core::SendRefused MediaRefusal(const GraphAnswer& answer) {
  if (answer.kind != GraphAnswer::Kind::kRefused)
    return Refusal(Kind::kRetryable, "media_not_taken", answer.reason);
  if (answer.status == 0) return Refusal(Kind::kPermanent, "media_gone", answer.reason);
  core::SendRefused refused = format::RefusalOf(format::ReadGraphError(answer.status, answer.body));
  if (refused.kind == Kind::kAmbiguous) refused.kind = Kind::kRetryable;
  return refused;
}

}  // namespace

base::Task<core::SendOutcome> CloudLink::Send(core::OutgoingMessage message) {
  const core::MessageId id = message.id;
  if (attempts_.WasOpen(id)) {
    core::SendRefused refused = Refusal(
        Kind::kAmbiguous, "interrupted",
        "Parley ended while the message was handed to Meta. Its status will tell, if it arrived");
    refused.state = attempts_.Close(id);
    co_return refused;
  }
  co_return co_await Hand(std::move(message));
}

// No more messages while Meta says that there are too many.
base::Task<> CloudLink::WaitForPause() {
  while (!stopping_ && scheduler_.Now() < paused_until_)
    co_await changed_.WaitFor(paused_until_ - scheduler_.Now());
}

base::Task<core::SendOutcome> CloudLink::Hand(core::OutgoingMessage message) {
  co_await WaitForPause();
  std::vector<format::MediaHandle> files;
  for (const core::MediaRef& file : core::FilesOf(message.content)) {
    const GivenMedia given = co_await media_.Give(file);
    if (given.id.empty()) {
      LearnFrom(given.answer, Asked::kToSend);
      co_return MediaRefusal(given.answer);
    }
    format::MediaHandle handle;
    handle.id = given.id;
    files.push_back(std::move(handle));
  }
  auto body = format::MessageBody(message, files);
  if (!body)
    co_return Refusal(Kind::kPermanent, "not_supported", std::string(body.error().public_text()));
  if (stopping_) co_return Refusal(Kind::kRetryable, "stopping", "The channel is stopping");

  const core::MessageId id = message.id;
  if (const auto noted = co_await attempts_.Note(id); !noted)
    co_return Refusal(Kind::kRetryable, "store", "The attempt could not be noted");
  base::ReachCrashPoint("after_attempt_before_send");
  Uplink::Ask ask = [body = std::move(*body)](std::shared_ptr<const Graph> graph) {
    return graph->Post(graph->credentials().phone_number_id + "/messages", body, kSendLimit);
  };
  const GraphAnswer answer = co_await uplink_.Run(std::move(ask));
  co_return Outcome(id, answer);
}

core::SendOutcome CloudLink::Outcome(core::MessageId id, const GraphAnswer& answer) {
  LearnFrom(answer, Asked::kToSend);
  switch (answer.kind) {
    case GraphAnswer::Kind::kDone:
      if (auto sent = format::ReadSentAnswer(answer.body)) {
        core::SendAccepted accepted;
        accepted.link_id = std::move(sent->link_id);
        accepted.at = scheduler_.Now();
        accepted.state = attempts_.Close(id);
        return accepted;
      }
      break;
    case GraphAnswer::Kind::kRefused: {
      const format::GraphError error = format::ReadGraphError(answer.status, answer.body);
      core::SendRefused refused = format::RefusalOf(error);
      const format::ErrorMeaning meaning = format::MeaningOf(error);
      if (meaning.scope == format::ErrorScope::kChannel && meaning.pause.count() > 0)
        paused_until_ = std::max(paused_until_, scheduler_.Now() + meaning.pause);
      base::LogInfo("Meta refused a message",
                    {{"channel", channel_.id.value.ToText()}, {"reason", error.Detail()}});
      refused.state = attempts_.Close(id);
      return refused;
    }
    case GraphAnswer::Kind::kNotSent: {
      core::SendRefused refused = Refusal(Kind::kRetryable, "unreachable", answer.reason);
      refused.state = attempts_.Close(id);
      return refused;
    }
    case GraphAnswer::Kind::kNoAnswer:
      break;
  }
  // The attempt is over when its outcome is: what the message is to become is known then.
  core::SendRefused refused = Refusal(
      Kind::kAmbiguous, "no_answer",
      fmt::format("{}. The message may have been sent; its status will tell", answer.reason));
  refused.state = attempts_.Close(id);
  return refused;
}

}  // namespace parley::link::cloud
