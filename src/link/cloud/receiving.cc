// CloudLink: what webhooks bring. A change is worked off in the order it came: it becomes reports,
// and goes from the inbox in the transaction that stores them.
#include "base/crash_point.h"
#include "base/log.h"
#include "link/cloud/factory.h"
#include "link/cloud/format/notices_in.h"
#include "link/cloud/format/webhook_in.h"
#include "link/cloud/link.h"

namespace parley::link::cloud {
namespace {

// Changes that one commit holds at most.
constexpr std::size_t kChangesAtOnce = 64;

// Of a message whose file is gone for good: its words are a message still. False: it had none.
bool KeepWords(core::IncomingMessage& message) {
  core::TextContent text;
  text.body = core::TextOf(message.content);
  if (text.body.empty()) return false;
  message.content = std::move(text);
  return true;
}

}  // namespace

base::Task<base::Result<void>> CloudLink::Take(std::vector<std::string> changes) {
  if (stopping_) co_return base::ErrorCode::kUnavailable;
  ++tasks_;
  auto put = co_await inbox_.Put(std::move(changes));
  base::ReachCrashPoint("after_inbox_before_answer");
  if (put) Work();
  if (--tasks_ == 0) ended_.Notify();
  co_return put;
}

void CloudLink::Work() {
  if (working_ || stopping_ || inbox_.empty()) return;
  working_ = true;
  ++tasks_;
  scheduler_.Spawn("cloud inbox", WorkOff());
}

base::Task<> CloudLink::WorkOff() {
  bool goes_on = true;
  while (goes_on && !stopping_ && !inbox_.empty()) goes_on = co_await WorkOffSome();
  working_ = false;
  if (--tasks_ == 0) ended_.Notify();
}

// False when nothing more can be done: the link is stopping.
base::Task<bool> CloudLink::WorkOffSome() {
  std::size_t count = 0;
  std::vector<core::LinkReport> reports;
  while (count < kChangesAtOnce && count < inbox_.size()) {
    std::vector<core::LinkReport> more = co_await ReportsOf(inbox_[count].change);
    if (stopping_) co_return false;  // it may be that a file was given up only for that
    ++count;
    std::move(more.begin(), more.end(), std::back_inserter(reports));
  }
  core::LinkWrites done = inbox_.DoneWith(count);
  auto reported = co_await Report(reports, done);
  if (!reported && !base::IsTransient(reported.error().code)) {
    base::LogError("What a webhook brought cannot be stored",
                   {{"channel", channel_.id.value.ToText()}, {"reason", reported.error().detail}});
    for (core::LinkReport& report : reports) {
      std::vector<core::LinkReport> alone;
      alone.push_back(std::move(report));
      core::LinkWrites nothing;
      const auto stored = co_await Report(std::move(alone), std::move(nothing));
      // What a stop interrupts stays in the inbox, with those before it, which are known again.
      if (!stored && base::IsTransient(stored.error().code)) co_return false;
    }
    std::vector<core::LinkReport> none;
    reported = co_await Report(std::move(none), std::move(done));
  }
  if (!reported) co_return false;
  inbox_.Drop(count);
  co_return true;
}

base::Task<std::vector<core::LinkReport>> CloudLink::ReportsOf(std::string body) {
  std::vector<core::LinkReport> reports;
  const auto parsed = base::ParseJson(body);
  const auto read = parsed ? format::ReadChanges(*parsed) : parsed.error();
  if (!read || read->changes.empty()) co_return reports;  // the webhook has seen to that
  const format::Change& change = read->changes.front();
  core::HookReport hook;
  hook.body = *parsed;
  reports.emplace_back(std::move(hook));
  if (!format::IsAboutMessages(change)) {
    std::vector<core::LinkReport> notices = NoticesOf(change);
    std::move(notices.begin(), notices.end(), std::back_inserter(reports));
    co_return reports;
  }
  format::MessageNews news = format::ReadMessages(change);
  Note(news);
  for (format::Incoming& incoming : news.messages) {
    if (!incoming.unread.empty()) continue;
    if (incoming.media) {
      MediaMention mention{incoming.media->id, incoming.media->mime_type,
                           incoming.media->file_name};
      auto file = co_await media_.Take(std::move(mention));
      if (file)
        format::SetMedia(incoming.message, std::move(*file));
      else if (!KeepWords(incoming.message))
        continue;
    }
    reports.emplace_back(std::move(incoming.message));
  }
  for (format::StatusNews& status : news.statuses) {
    if (!status.unread.empty()) continue;
    status.receipt.message = status.message;
    reports.emplace_back(std::move(status.receipt));
  }
  co_return reports;
}

std::vector<core::LinkReport> CloudLink::NoticesOf(const format::Change& change) {
  auto notice = format::ReadNotice(change);
  if (!notice || !notice->known) {
    ++(notice ? factory_.counters().unknown_fields : factory_.counters().faulty_elements);
    base::LogWarning("A webhook's field cannot be used",
                     {{"channel", channel_.id.value.ToText()},
                      {"field", change.field},
                      {"reason", notice ? "unknown" : notice.error().public_text()}});
    return {};
  }
  const bool is_bad = notice->weight != format::NoticeWeight::kInfo;
  base::Log(is_bad ? base::LogLevel::kWarning : base::LogLevel::kInfo, "Meta tells",
            {{"channel", channel_.id.value.ToText()}, {"notice", notice->text}});
  if (!notice->state_reason.empty()) LoseFor(notice->state_reason);
  if (notice->restored) LookNow();
  return std::move(notice->reports);
}

// What could not be read is counted, and told once per webhook; the rest goes on.
void CloudLink::Note(const format::MessageNews& news) {
  CloudCounters& counters = factory_.counters();
  counters.unknown_members += static_cast<std::int64_t>(news.unknown.size());
  counters.faulty_elements += static_cast<std::int64_t>(news.faults.size());
  for (const base::Error& fault : news.faults)
    base::LogWarning("Part of a webhook cannot be read",
                     {{"channel", channel_.id.value.ToText()}, {"reason", fault.public_text()}});
  for (const format::GraphError& error : news.errors)
    base::LogWarning("Meta tells of an error",
                     {{"channel", channel_.id.value.ToText()}, {"reason", error.Detail()}});
  for (const format::Incoming& incoming : news.messages) {
    counters.unknown_members += static_cast<std::int64_t>(incoming.unknown.size());
    if (incoming.unread.empty()) continue;
    ++counters.unread_messages;
    base::LogInfo("A message is not kept",
                  {{"channel", channel_.id.value.ToText()}, {"kind", incoming.unread}});
  }
}

}  // namespace parley::link::cloud
