// The topic of messages (topic.h): what the engine does between a login and the end of the
// connection. Its parts have files of their own; here is who gets what.
#pragma once

#include <memory>

#include "link/multidevice/calls.h"
#include "link/multidevice/notifications.h"
#include "link/multidevice/receiving.h"
#include "link/multidevice/requests.h"
#include "link/multidevice/retry.h"
#include "link/multidevice/sending.h"
#include "link/multidevice/topic.h"

namespace parley::link::multidevice {

// A MessagingMaker.
std::unique_ptr<Messaging> MakeMessaging(const LinkContext& context);

// Thread: the channel's.
class MessagesTopic final : public Messaging {
 public:
  explicit MessagesTopic(const LinkContext& context);

  void OnOpen(std::shared_ptr<StanzaPort> port, std::shared_ptr<const Device> device) override;
  void OnClosed() override;
  base::Task<> OnStanza(wire::binary::Node stanza) override;
  base::Task<> Stop() override;
  base::Task<core::SendOutcome> Send(core::OutgoingMessage message) override;
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                     base::Duration limit) override;

  const Unreported& unreported() const { return receiving_.unreported(); }

 private:
  struct Row {
    std::string_view tag;
    base::Task<> (MessagesTopic::*deal)(Online online, wire::binary::Node stanza);
  };
  static const Row kRows[];

  base::Task<> OnMessage(Online online, wire::binary::Node stanza);
  base::Task<> OnReceipt(Online online, wire::binary::Node stanza);
  base::Task<> FinishReceipt(Online online, wire::binary::Node stanza, StagedPtr staged);
  base::Task<> OnAck(Online online, wire::binary::Node stanza);
  base::Task<> OnNotification(Online online, wire::binary::Node stanza);
  base::Task<> OnCall(Online online, wire::binary::Node stanza);
  base::Task<> OnOther(Online online, wire::binary::Node stanza);
  void Ended();

  base::Scheduler& scheduler_;
  Ledger ledger_;
  LidMap lids_;
  DeviceLists lists_;
  Sessions sessions_;
  Polls polls_;
  Tokens tokens_;
  const MessageParts parts_;
  Sending sending_;
  Retry retry_;
  Receiving receiving_;
  Notifications notifications_;
  Calls calls_;
  Requests requests_;
  Beside receipts_;  // staged, and to be acknowledged
  Online online_;
  int running_ = 0;  // tasks that the link waits for
  base::Signal ended_;
};

}  // namespace parley::link::multidevice
