#include "core/channels/runner.h"

#include <algorithm>

#include "base/crash_point.h"
#include "base/log.h"
#include "core/channels/channel_store.h"
#include "core/messages/message_store.h"
#include "core/messages/outgoing.h"
#include "core/messages/receive.h"

namespace parley::core {
namespace {

constexpr int kFetch = 128;
constexpr std::size_t kMaxBuffered = 512;
constexpr base::Duration kFirstPause = std::chrono::seconds(1);
constexpr base::Duration kLongestPause = std::chrono::seconds(60);
constexpr base::Duration kWriteRetry = std::chrono::milliseconds(200);
// With account protection: between two messages of a channel.
constexpr base::Duration kProtectionPause = std::chrono::seconds(5);
// With typing: how long it is shown before a message.
constexpr base::Duration kTypingTime = std::chrono::seconds(1);
constexpr base::Duration kTypingLimit = std::chrono::seconds(10);  // for the network's answer
// How long a stop waits for the network's answers to what was given to it.
constexpr base::Duration kAnswerWait = std::chrono::seconds(2);

// What a send's outcome means for the message; none when it stays queued.
std::optional<StatusNews> NewsOf(const SendOutcome& outcome, MessageIdOwner owner, base::Time now) {
  StatusNews news;
  if (const auto* accepted = std::get_if<SendAccepted>(&outcome)) {
    news.status = MessageStatus::kSent;
    news.at = accepted->at;
    news.recipients = accepted->recipients;
    if (owner == MessageIdOwner::kTheirs) news.link_id = accepted->link_id;
    news.conversation = accepted->conversation;
    return news;
  }
  const auto& refused = std::get<SendRefused>(outcome);
  news.at = now;
  news.failure = refused.failure;
  if (refused.kind == SendRefused::Kind::kPermanent) {
    news.status = MessageStatus::kFailed;
    return news;
  }
  if (refused.kind == SendRefused::Kind::kAmbiguous && owner == MessageIdOwner::kTheirs) {
    news.status = MessageStatus::kUnconfirmed;
    return news;
  }
  return std::nullopt;
}

const LinkWrites& StateOf(const SendOutcome& outcome) {
  return std::visit([](const auto& told) -> const LinkWrites& { return told.state; }, outcome);
}

}  // namespace

ChannelRunner::ChannelRunner(Store& store, base::Random& random, LinkFactory& factory,
                             ChannelPtr channel)
    : store_(store),
      random_(random),
      scheduler_(store.scheduler()),
      channel_(std::move(channel)),
      link_(factory.Make(*channel_, *this)),
      capabilities_(link_->capabilities()),
      settings_(channel_->settings),
      pairing_changed_(scheduler_),
      stopped_(scheduler_),
      settled_(scheduler_),
      idle_(scheduler_) {}

ChannelRunner::~ChannelRunner() = default;

void ChannelRunner::Start() { link_->Start(); }

base::Task<> ChannelRunner::Stop(bool log_out) {
  stopping_ = true;
  connected_ = false;
  stopped_.Notify();
  for (auto& [chat, lane] : lanes_)  // order-ok: cancelling does nothing else
    if (lane.pause) scheduler_.Cancel(*lane.pause);
  // A send that is cut off is repeated after the next start, and the recipient sees it twice.
  const base::Microseconds end = scheduler_.Monotonic() + kAnswerWait;
  while (in_flight_ > 0) {
    const auto left = std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic());
    if (left.count() <= 0 || !co_await settled_.WaitFor(left)) break;
  }
  pairing_.reset();
  pairing_ended_ = "the channel is stopping";
  pairing_changed_.Notify();
  if (log_out) co_await link_->LogOut();
  co_await link_->Stop();
  while (tasks_ > 0) co_await idle_.Wait();
}

void ChannelRunner::TaskEnded() {
  if (--tasks_ == 0) idle_.Notify();
}

// ------------------------------------------------------------------------------------- sending

void ChannelRunner::Wake() {
  more_queued_ = true;
  if (!connected_ || stopping_ || fetching_ || buffered_ >= kMaxBuffered) return;
  fetching_ = true;
  ++tasks_;
  scheduler_.Spawn("channel fetch", Fetch());
}

base::Task<> ChannelRunner::Fetch() {
  while (connected_ && !stopping_ && more_queued_ && buffered_ < kMaxBuffered) {
    more_queued_ = false;
    auto read = [channel = channel_->row, after = fetched_](const Transaction& tx) {
      return tx.messages().Queued(channel, after, kFetch);
    };
    auto queued = co_await store_.Read(read);
    if (!queued) {
      base::LogWarning("Queued messages could not be read", {{"reason", queued.error().detail}});
      more_queued_ = true;
      co_await scheduler_.Sleep(kWriteRetry);
      continue;
    }
    if (queued->size() == kFetch) more_queued_ = true;
    for (MessageInChat& found : *queued) {
      fetched_ = found.message.row;
      Lane& lane = lanes_[found.message.chat];
      if (lane.waiting.empty() && !lane.busy && !lane.pause) ready_.push_back(found.message.chat);
      lane.waiting.push_back(std::move(found));
      ++buffered_;
    }
    Dispatch();
  }
  fetching_ = false;
  TaskEnded();
}

void ChannelRunner::Dispatch() {
  while (connected_ && !stopping_ && !ready_.empty() && in_flight_ < capabilities_.max_in_flight) {
    const ChatRow chat = ready_.front();
    ready_.pop_front();
    lanes_[chat].busy = true;
    ++in_flight_;
    ++tasks_;
    scheduler_.Spawn("channel send", SendFirst(chat));
  }
}

base::Task<> ChannelRunner::SendFirst(ChatRow chat) {
  const MessageId id = lanes_[chat].waiting.front().message.id;
  SendOutcome outcome = co_await SendMessage(lanes_[chat].waiting.front());
  base::ReachCrashPoint("after_send_before_status");
  Outcome settled{id, chat, std::move(outcome)};
  Settle(std::move(settled));
  TaskEnded();
}

// What it speaks of is looked up only now: the network's id of a message that was still queued
// before this one is known since then.
base::Task<SendOutcome> ChannelRunner::SendMessage(MessageInChat found) {
  OutgoingMessage out = OutgoingOf(found);
  const std::optional<MessageId> quoted = found.message.quoted;
  const std::optional<MessageId> target = TargetOf(found.message.content);
  if (quoted || target) {
    auto read = [account = channel_->account, quoted, target,
                 out](const Transaction& tx) -> base::Result<OutgoingMessage> {
      OutgoingMessage referring = out;
      PARLEY_CHECK(AddReferences(tx, account, quoted, target, referring));
      return referring;
    };
    auto referring = co_await store_.Read(read);
    if (!referring) {
      SendRefused later;
      later.failure = Failure{"store", "The message could not be read"};
      co_return later;
    }
    out = std::move(*referring);
    if (target && !out.target) {
      SendRefused never;
      never.kind = SendRefused::Kind::kPermanent;
      never.failure = Failure{"no_target", "The message it speaks of is gone"};
      co_return never;
    }
  }
  if (settings_.account_protection) co_await WaitForTurn();
  if (settings_.typing && !stopping_) co_await ShowTyping(out.to);
  if (stopping_) {
    SendRefused later;
    later.failure = Failure{"stopping", "The channel is stopping"};
    co_return later;
  }
  co_return co_await link_->Send(std::move(out));
}

// Messages leave one after the other, as a person could write them.
base::Task<> ChannelRunner::WaitForTurn() {
  const base::Time turn = std::max(next_turn_, scheduler_.Now());
  next_turn_ = turn + kProtectionPause;
  while (!stopping_ && scheduler_.Now() < turn) co_await stopped_.WaitFor(turn - scheduler_.Now());
}

base::Task<> ChannelRunner::ShowTyping(Address to) {
  core::ShowPresence composing;
  composing.kind = PresenceKind::kComposing;
  composing.chat = to;
  LinkRequest request(std::move(composing));
  const auto shown = co_await link_->Request(std::move(request), kTypingLimit);
  if (!shown) co_return;  // such a chat shows none
  co_await stopped_.WaitFor(kTypingTime);
  core::ShowPresence paused;
  paused.kind = PresenceKind::kPaused;
  paused.chat = std::move(to);
  LinkRequest ended(std::move(paused));
  (void)co_await link_->Request(std::move(ended), kTypingLimit);
}

// Outcomes are written together; one write is under way at a time.
void ChannelRunner::Settle(Outcome outcome) {
  outcomes_.push_back(std::move(outcome));
  if (flushing_) return;
  flushing_ = true;
  ++tasks_;
  scheduler_.Spawn("channel flush", Flush());
}

base::Task<> ChannelRunner::Flush() {
  while (!outcomes_.empty()) {
    const std::vector<Outcome> outcomes = std::exchange(outcomes_, {});
    std::vector<std::pair<MessageId, StatusNews>> news;
    LinkWrites state;
    for (const Outcome& outcome : outcomes) {
      if (auto told = NewsOf(outcome.outcome, capabilities_.message_id, scheduler_.Now()))
        news.emplace_back(outcome.id, std::move(*told));
      const LinkWrites& writes = StateOf(outcome.outcome);
      state.insert(state.end(), writes.begin(), writes.end());
    }

    const Stamp stamp(scheduler_.Now(), random_);
    auto write = [account = channel_->account, row = channel_->row, news, state,
                  stamp](Transaction& tx) -> base::Result<void> {
      Stamp ids = stamp;
      PARLEY_TRY(channel, tx.channels().Find(account, row));
      if (!channel) return base::ErrorCode::kNotFound;
      for (const auto& [id, told] : news) {
        PARLEY_TRY(found, tx.messages().FindById(account, id));
        if (found) PARLEY_CHECK(ApplyStatus(tx, *channel, std::move(*found), told, ids));
      }
      if (state.empty()) return {};
      return tx.link_state().Apply(row, state);
    };
    base::Result<void> written{};
    if (!news.empty() || !state.empty()) written = co_await store_.Write(write);
    while (!written && base::IsTransient(written.error().code)) {
      // The outcome must not be lost: without it the message would be sent again.
      base::LogWarning("Message status could not be stored", {{"reason", written.error().detail}});
      co_await scheduler_.Sleep(kWriteRetry);
      written = co_await store_.Write(write);
    }
    if (!written)
      base::LogError("Message status cannot be stored", {{"reason", written.error().detail}});
    for (const Outcome& outcome : outcomes) Finish(outcome);
    settled_.Notify();
    Dispatch();
    if (more_queued_) Wake();
  }
  flushing_ = false;
  TaskEnded();
}

void ChannelRunner::Finish(const Outcome& outcome) {
  --in_flight_;
  Lane& lane = lanes_[outcome.chat];
  lane.busy = false;
  if (NewsOf(outcome.outcome, capabilities_.message_id, scheduler_.Now())) {
    lane.failures = 0;
    lane.waiting.pop_front();
    --buffered_;
  } else {
    return PauseLane(outcome.chat, std::get<SendRefused>(outcome.outcome));
  }
  if (lane.waiting.empty())
    lanes_.erase(outcome.chat);
  else
    ready_.push_back(outcome.chat);
}

void ChannelRunner::PauseLane(ChatRow chat, const SendRefused& refused) {
  // The message stays queued for whoever runs the channel next; a timer would outlive this runner.
  if (stopping_) return;
  Lane& lane = lanes_[chat];
  const int doublings = std::min(lane.failures++, 6);
  base::Duration pause = std::min(kFirstPause * (1 << doublings), kLongestPause);
  if (refused.retry_after) pause = std::max(pause, *refused.retry_after);
  lane.pause = scheduler_.After(pause, [this, chat] { EndPause(chat); });
}

void ChannelRunner::EndPause(ChatRow chat) {
  lanes_[chat].pause.reset();
  ready_.push_back(chat);
  Dispatch();
}

}  // namespace parley::core
