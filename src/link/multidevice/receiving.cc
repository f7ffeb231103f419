#include "link/multidevice/receiving.h"

#include "base/crash_point.h"
#include "base/log.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

void LogKind(std::string_view kind) {
  base::LogInfo("A message of a kind that this link does not carry was not reported",
                {{"kind", kind}});
}

}  // namespace

base::Task<> Receiving::OnMessage(Online online, Node stanza) {
  auto read = ReadEnvelope(stanza, online.own(), parts_.scheduler.Now());
  if (!read) {
    ++unreported_.malformed;
    base::LogWarning("A message cannot be read", {{"reason", read.error().detail}});
    co_await Acknowledge(online, stanza, Refusal::kUnreadableStanza);
    co_return;
  }
  Envelope envelope = std::move(*read);
  if (envelope.place == Envelope::Place::kElsewhere) {
    ++unreported_.elsewhere;
    co_await Acknowledge(online, stanza, Refusal::kNone);
    co_return;
  }
  if (envelope.parts.empty()) {
    ++(envelope.unavailable ? unreported_.unavailable : unreported_.malformed);
    if (envelope.unavailable) LogKind("unavailable");
    const Refusal refusal = envelope.unavailable ? Refusal::kNone : Refusal::kUnknownStanza;
    co_await Acknowledge(online, stanza, refusal);
    co_return;
  }

  co_await beside_.Room();
  bool is_news_taken = false;
  while (true) {
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    // Staged by itself, so that what follows finds sessions under the address that was just
    // learned.
    Unit learned;
    const auto known = co_await Learn(learned, envelope);
    if (known && !learned.records.empty()) (void)parts_.ledger.Stage(turn, std::move(learned));
    Unit unit;
    auto taken = co_await Take(unit, online, envelope);
    if (!taken) {
      // Nothing was stored: the network gives it again after the next connection.
      base::LogWarning("A message could not be taken", {{"reason", taken.error().detail}});
      co_return;
    }
    if (taken->for_us && !is_news_taken) {
      // It may be long, and many commits: the message stays unopened until all of them are made.
      turn.End();
      proto::Message message = *taken->for_us;
      const auto news = co_await news_.Take(std::move(message));
      if (!news) co_return;
      is_news_taken = true;
      continue;
    }
    const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
    turn.End();
    beside_.Spawn("message taken", Finish(std::move(online), std::move(stanza), std::move(envelope),
                                          std::move(*taken), staged));
    co_return;
  }
}

base::Task<> Receiving::Finish(Online online, Node stanza, Envelope envelope, Taken taken,
                               StagedPtr staged) {
  const auto durable = co_await parts_.ledger.Durable(staged);
  if (!durable && base::IsTransient(durable.error().code)) co_return;
  base::ReachCrashPoint("after_report_before_acknowledge");
  if (!durable) {
    co_await Acknowledge(online, stanza, Refusal::kNotStored);
  } else if (taken.fault) {
    ++unreported_.unopened;
    ++parts_.counters.unopened;
    bool old = taken.fault->code == wire::FaultCode::kDuplicate;
    if (old) old = co_await retry_.IsKept(envelope);
    if (!old) co_await retry_.Ask(online, stanza, envelope, *taken.fault);
    co_await Acknowledge(online, stanza, old ? Refusal::kOldCounter : Refusal::kOther);
  } else if (taken.unreadable) {
    ++unreported_.malformed;
    co_await Acknowledge(online, stanza, Refusal::kUnreadableProtobuf);
  } else {
    if (taken.known) ++unreported_.repeated;
    const bool history =
        taken.for_us && Unwrap(*taken.for_us).protocol_message().has_history_sync_notification();
    co_await Receipt(online, stanza, envelope, history);
  }
}

base::Task<base::Result<void>> Receiving::Learn(Unit& unit, Envelope envelope) {
  PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, envelope.sender));
  if (envelope.from_me) PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, envelope.chat));
  co_return base::Result<void>();
}

base::Task<base::Result<Receiving::Taken>> Receiving::Take(Unit& unit, Online online,
                                                           Envelope envelope) {
  Taken taken;
  const Jid from = envelope.sender.jid().WithDevice(envelope.from.device);
  for (const SealedPart& part : envelope.parts) {
    Sealed sealed(from, envelope.id, part.type, part.bytes);
    PARLEY_CO_TRY(opened, co_await parts_.sessions.Open(unit, online.device, std::move(sealed)));
    if (opened.known) {
      taken.known = true;
      co_return std::move(taken);
    }
    if (!opened.plain) {
      taken.fault = opened.plain.error();
      co_return std::move(taken);
    }
    if (opened.changed_identity) base::LogInfo("A device was set up anew", {});
    proto::Message message;
    if (!message.ParseFromString(*opened.plain)) {
      taken.unreadable = true;
      co_return std::move(taken);
    }
    wire::crypto::Wipe(*opened.plain);
    const bool own_phone = envelope.from_me && envelope.from.device == 0;
    if (own_phone && Unwrap(message).has_protocol_message() &&
        !Unwrap(message).protocol_message().has_key()) {
      taken.for_us = std::move(message);
      continue;
    }
    PARLEY_CO_CHECK(co_await Report(unit, online, envelope, std::move(message)));
  }
  co_return std::move(taken);
}

base::Task<base::Result<void>> Receiving::Report(Unit& unit, Online online, Envelope envelope,
                                                 proto::Message message) {
  Who chat = envelope.chat;
  if (envelope.from_me) {
    // What another device of one's own says to this one is a copy of a message, or nothing.
    const proto::Message& outside = Unwrap(message);
    if (!outside.has_device_sent_message()) co_return base::Result<void>();
    const auto to = wire::binary::ParseJid(outside.device_sent_message().destination_jid());
    if (to && !IsPerson(*to)) {
      ++unreported_.elsewhere;
      co_return base::Result<void>();
    }
    if (to) chat = Both(WhoIs(AccountOf(*to)), IsOwn(online.own(), chat) ? Who() : chat);
    proto::Message inside = outside.device_sent_message().message();
    if (message.has_message_context_info() && !inside.has_message_context_info())
      *inside.mutable_message_context_info() = message.message_context_info();
    message = std::move(inside);
  }
  PARLEY_CO_TRY(completed, co_await parts_.lids.Complete(chat));
  chat = completed;
  Content content = ContentOf(message);
  if (content.vote) {
    const Who own = Both(WhoIs(online.own().lid), WhoIs(online.own().number));
    const Who voter = envelope.from_me ? own : envelope.sender;
    const Who other = envelope.from_me ? chat : own;
    const Who author = content.vote->poll_from_voter ? voter : other;
    PARLEY_CO_CHECK(co_await OpenVote(online, author, voter, content));
  }
  if (!content.content) {
    ++unreported_.kinds;
    LogKind(content.unread);
    co_return base::Result<void>();
  }
  if (content.secret) {
    Poll poll;
    poll.id = envelope.id;
    poll.secret = *content.secret;
    poll.author = envelope.from_me ? Both(WhoIs(online.own().lid), WhoIs(online.own().number))
                                   : envelope.sender;
    if (const auto* options = std::get_if<core::PollContent>(&*content.content))
      poll.options = options->options;
    KeepPoll(unit, poll);
  }
  core::IncomingMessage report;
  report.link_id = envelope.id;
  report.from = PeerOf(chat);
  report.from_me = envelope.from_me;
  if (!envelope.from_me) {
    report.from.push_name = envelope.push_name;
    report.from.verified_name = envelope.verified_name;
    report.from.is_business = !envelope.verified_name.empty();
  }
  report.at = envelope.at;
  report.content = std::move(*content.content);
  report.quoted_link_id = std::move(content.quoted_id);
  report.target_link_id = std::move(content.target_id);
  unit.reports.emplace_back(std::move(report));
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Receiving::OpenVote(Online online, Who author_if_unknown, Who voter,
                                                   Content& content) {
  const SealedVote vote = std::move(*content.vote);
  PARLEY_CO_TRY(poll, co_await parts_.polls.Find(online.device, vote.poll_id));
  content.unread = "vote_of_unknown_poll";
  if (!poll) co_return base::Result<void>();
  const Who author = poll->author.empty() ? author_if_unknown : poll->author;
  const auto opened = multidevice::OpenVote(poll->secret, vote.poll_id, author, voter, vote.sealed);
  content.unread = "vote_that_does_not_open";
  if (!opened) co_return base::Result<void>();
  auto choice = VoteOf(*opened, poll->options);
  if (!choice) co_return base::Result<void>();
  content.content = core::Content(std::move(*choice));
  content.unread = "";
  co_return base::Result<void>();
}

base::Task<> Receiving::Acknowledge(Online online, Node stanza, Refusal refusal) {
  Node ack = AckOf(stanza, refusal);
  (void)co_await online.port->Send(std::move(ack));
}

// A receipt is an acknowledgement, too.
base::Task<> Receiving::Receipt(Online online, Node stanza, Envelope envelope, bool history) {
  const char* type = envelope.peer ? "peer_msg" : envelope.from_me ? "sender" : "";
  Node receipt = ReceiptOf(stanza, type);
  (void)co_await online.port->Send(std::move(receipt));
  if (!history) co_return;
  Node taken("receipt");
  taken.attributes.push_back(Attribute{"id", envelope.id});
  taken.attributes.push_back(Attribute{"to", AccountOf(envelope.from).Text()});
  taken.attributes.push_back(Attribute{"type", "hist_sync"});
  (void)co_await online.port->Send(std::move(taken));
}

}  // namespace parley::link::multidevice
