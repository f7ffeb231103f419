// MultideviceLink: who deals with which stanza.
#include "base/log.h"
#include "link/multidevice/link.h"
#include "link/multidevice/login.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stream_errors.h"

namespace parley::link::multidevice {

// By tag. What is in no row is said so and acknowledged.
const MultideviceLink::StanzaRow MultideviceLink::kStanzas[] = {
    {"message", &MultideviceLink::GiveToMessaging},
    {"receipt", &MultideviceLink::GiveToMessaging},
    {"ack", &MultideviceLink::GiveToMessaging},
    {"presence", &MultideviceLink::GiveToMessaging},
    {"chatstate", &MultideviceLink::GiveToMessaging},
    {"call", &MultideviceLink::GiveToMessaging},
    {"notification", &MultideviceLink::OnNotification},
    {"iq", &MultideviceLink::OnIq},
    {"ib", &MultideviceLink::OnInfo},
    {"success", &MultideviceLink::OnSuccess},
    {"failure", &MultideviceLink::OnFailure},
    {"stream:error", &MultideviceLink::OnStreamError},
    {"xmlstreamend", &MultideviceLink::OnStreamEnd},
};

// Notifications by type; any other is for messaging.
const MultideviceLink::StanzaRow MultideviceLink::kNotifications[] = {
    {"link_code_companion_reg", &MultideviceLink::OnCodeTyped},
    {"companion_reg_refresh", &MultideviceLink::OnNewSecretWanted},
    {"passkey_prologue_request", &MultideviceLink::OnPasskeyWanted},
    {"crsc_continuation", &MultideviceLink::OnPasskeyWanted},
    {"encrypt", &MultideviceLink::OnKeysLow},
};

base::Task<> MultideviceLink::Deal(Node stanza) {
  for (const StanzaRow& row : kStanzas)
    if (row.name == stanza.tag) return (this->*row.deal)(std::move(stanza));
  base::LogInfo("The network said something unknown", {{"stanza", stanza.tag}});
  return Acknowledge(std::move(stanza));
}

base::Task<> MultideviceLink::GiveToMessaging(Node stanza) {
  if (logged_in_) return messaging_->OnStanza(std::move(stanza));
  base::LogInfo("The network said something before the login", {{"stanza", stanza.tag}});
  return Acknowledge(std::move(stanza));
}

base::Task<> MultideviceLink::OnNotification(Node stanza) {
  const auto type = stanza.Find("type");
  for (const StanzaRow& row : kNotifications)
    if (row.name == type) return (this->*row.deal)(std::move(stanza));
  return GiveToMessaging(std::move(stanza));
}

// Nothing that has no id is waited for.
base::Task<> MultideviceLink::Acknowledge(Node stanza) {
  if (!stanza.Find("id") || !stanza.Find("from")) co_return;
  (void)co_await connection_->Send(MakeAck(stanza));
}

base::Task<> MultideviceLink::OnIq(Node stanza) {
  const std::string id(stanza.Find("id").value_or(""));
  if (stanza.Find("xmlns") == "urn:xmpp:ping") {
    (void)co_await connection_->Send(MakeResult(id));
    co_return;
  }
  const bool unpaired = !device_->pairing;
  if (unpaired && stanza.FindChild("pair-device") != nullptr) {
    co_await OnPairDevice(std::move(stanza));
  } else if (unpaired && stanza.FindChild("pair-success") != nullptr) {
    co_await OnPairSuccess(std::move(stanza));
  } else {
    base::LogInfo("The network asked for something unknown",
                  {{"xmlns", stanza.Find("xmlns").value_or("")}});
    (void)co_await connection_->Send(MakeError(id, 501, "feature-not-implemented"));
  }
}

base::Task<> MultideviceLink::OnInfo(Node stanza) {
  for (const Node& child : stanza.children()) {
    if (child.tag == "offline") {
      if (logged_in_) messaging_->OnCaughtUp();
    } else if (child.tag == "offline_preview") {
      Node batch("ib");
      Node::Children children;
      children.emplace_back("offline_batch");
      children.back().attributes.push_back(wire::binary::Attribute{"count", "100"});
      batch.content = std::move(children);
      (void)co_await connection_->Send(std::move(batch));
    } else if (child.tag == "edge_routing") {
      Node info = child;
      co_await OnRouting(std::move(info));
    } else if (child.tag == "dirty") {
      Node info = child;
      co_await OnDirty(std::move(info));
    } else {
      base::LogDebug("The network told something unknown", {{"info", child.tag}});
    }
  }
}

base::Task<> MultideviceLink::OnFailure(Node stanza) {
  ending_ = EndingOfFailure(stanza);
  // Those of which it says no more are tried again, by thousands of channels if need be.
  const auto level =
      ending_->next == Next::kReconnect ? base::LogLevel::kDebug : base::LogLevel::kInfo;
  base::Log(level, "The network refused a login",
            {{"channel", channel_.id.value.ToText()},
             {"code", stanza.Find("reason").value_or("")},
             {"ban", stanza.Find("code").value_or("")},
             {"seconds", ending_->expires ? ending_->expires->count() : 0}});
  co_return;
}

base::Task<> MultideviceLink::OnStreamError(Node stanza) {
  ending_ = EndingOfStreamError(stanza);
  base::LogDebug("The network ends a connection", {{"channel", channel_.id.value.ToText()},
                                                   {"code", stanza.Find("code").value_or("")},
                                                   {"reason", ending_->reason}});
  co_return;
}

base::Task<> MultideviceLink::OnStreamEnd(Node /*stanza*/) {
  EndWith(Next::kReconnect, "ended_by_network");
  co_return;
}

}  // namespace parley::link::multidevice
