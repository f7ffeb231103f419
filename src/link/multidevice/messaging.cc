#include "link/multidevice/messaging.h"

#include "base/log.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {

const MessagesTopic::Row MessagesTopic::kRows[] = {
    {"message", &MessagesTopic::OnMessage}, {"receipt", &MessagesTopic::OnReceipt},
    {"ack", &MessagesTopic::OnAck},         {"notification", &MessagesTopic::OnNotification},
    {"call", &MessagesTopic::OnCall},       {"presence", &MessagesTopic::OnOther},
    {"chatstate", &MessagesTopic::OnOther},
};

std::unique_ptr<Messaging> MakeMessaging(const LinkContext& context) {
  return std::make_unique<MessagesTopic>(context);
}

MessagesTopic::MessagesTopic(const LinkContext& context)
    : scheduler_(context.scheduler),
      ledger_(context.records, context.events, context.scheduler),
      lids_(ledger_),
      lists_(ledger_, lids_, context.scheduler),
      sessions_(ledger_, lids_, context.scheduler, context.random),
      polls_(ledger_, context.store, context.channel.account),
      tokens_(ledger_, context.scheduler),
      parts_{context.scheduler,
             context.random,
             ledger_,
             lids_,
             lists_,
             sessions_,
             polls_,
             tokens_,
             context.counters,
             context.store,
             context.channel},
      sending_(parts_),
      retry_(parts_, sending_, context.store, context.channel),
      receiving_(parts_, retry_),
      notifications_(parts_),
      calls_(parts_),
      requests_(parts_, calls_, context.files, context.store, context.channel),
      receipts_(context.scheduler, kMaxBeside),
      ended_(context.scheduler) {}

void MessagesTopic::OnOpen(std::shared_ptr<StanzaPort> port, std::shared_ptr<const Device> device) {
  online_.port = std::move(port);
  online_.device = std::move(device);
}

void MessagesTopic::OnClosed() {
  online_ = Online();
  sending_.OnClosed();
}

base::Task<> MessagesTopic::OnStanza(Node stanza) {
  const Online online = online_;
  if (!online) co_return;
  for (const Row& row : kRows) {
    if (row.tag != stanza.tag) continue;
    ++running_;
    co_await (this->*row.deal)(online, std::move(stanza));
    Ended();
    co_return;
  }
  base::LogInfo("A stanza for messages is unknown to them", {{"stanza", stanza.tag}});
}

void MessagesTopic::Ended() {
  --running_;
  ended_.Notify();
}

base::Task<> MessagesTopic::Stop() {
  OnClosed();
  while (running_ > 0) co_await ended_.Wait();
  co_await receiving_.Drain();
  co_await receipts_.Drain();
  co_await sending_.Drain();
  co_await ledger_.Drain();
}

base::Task<core::SendOutcome> MessagesTopic::Send(core::OutgoingMessage message) {
  ++running_;
  core::SendOutcome outcome = co_await sending_.Send(online_, std::move(message));
  Ended();
  co_return std::move(outcome);
}

base::Task<base::Result<core::LinkAnswer>> MessagesTopic::Request(core::LinkRequest request,
                                                                  base::Duration limit) {
  ++running_;
  auto answer = co_await requests_.Answer(online_, std::move(request), limit);
  Ended();
  co_return std::move(answer);
}

base::Task<> MessagesTopic::OnMessage(Online online, Node stanza) {
  return receiving_.OnMessage(std::move(online), std::move(stanza));
}

base::Task<> MessagesTopic::OnNotification(Online online, Node stanza) {
  return notifications_.OnNotification(std::move(online), std::move(stanza));
}

base::Task<> MessagesTopic::OnAck(Online /*online*/, Node stanza) {
  if (stanza.Find("class") == "message") sending_.OnAck(stanza);
  co_return;
}

base::Task<> MessagesTopic::OnReceipt(Online online, Node stanza) {
  auto receipt = ReadReceipt(stanza, online.own(), scheduler_.Now());
  Refusal refusal = Refusal::kNone;
  if (!receipt) {
    base::LogWarning("A receipt cannot be read", {{"reason", receipt.error().detail}});
    refusal = Refusal::kUnreadableStanza;
  } else if (receipt->kind == ReceiptKind::kRetry) {
    co_await retry_.Answer(online, stanza, *receipt);
  } else {
    co_await receipts_.Room();
    Ledger::Turn turn = co_await ledger_.Enter();
    auto chat = co_await lids_.Complete(receipt->chat);
    if (chat) receipt->chat = *chat;
    Unit unit;
    unit.reports = ReportsOf(*receipt);
    if (!unit.reports.empty()) {
      const StagedPtr staged = ledger_.Stage(turn, std::move(unit));
      turn.End();
      receipts_.Spawn("receipt taken", FinishReceipt(std::move(online), std::move(stanza), staged));
      co_return;
    }
  }
  Node ack = AckOf(stanza, refusal);
  (void)co_await online.port->Send(std::move(ack));
}

base::Task<> MessagesTopic::FinishReceipt(Online online, Node stanza, StagedPtr staged) {
  const auto durable = co_await ledger_.Durable(std::move(staged));
  if (!durable && base::IsTransient(durable.error().code)) co_return;
  Node ack = AckOf(stanza);
  (void)co_await online.port->Send(std::move(ack));
}

base::Task<> MessagesTopic::OnCall(Online online, Node stanza) {
  return calls_.OnCall(std::move(online), std::move(stanza));
}

// Who is there or types is not looked at, and needs no acknowledgement.
base::Task<> MessagesTopic::OnOther(Online /*online*/, Node /*stanza*/) { co_return; }

}  // namespace parley::link::multidevice
