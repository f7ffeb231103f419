// A channel on WhatsApp's own wire, as a linked device: the native multi-device link.
//
// One loop: connect, pair or log in, deal with stanzas one after the other, and see what follows
// from the end (ending.h). docs/protocol/multidevice-connection.md has the protocol.
//
//   link.cc           the loop: connecting, stopping
//   link_ending.cc    what follows from the end of a connection
//   link_stanzas.cc   the table of stanzas
//   link_pairing.cc   QR codes, typed codes
//   link_login.cc     what happens after a login
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/channels/link.h"
#include "core/store.h"
#include "http/web_socket_client.h"
#include "link/multidevice/backoff.h"
#include "link/multidevice/connection.h"
#include "link/multidevice/device.h"
#include "link/multidevice/ending.h"
#include "link/multidevice/factory.h"
#include "link/multidevice/pairing_code.h"
#include "link/multidevice/pre_keys.h"
#include "link/multidevice/records.h"
#include "link/multidevice/registration.h"
#include "link/multidevice/reporter.h"
#include "link/multidevice/start_gate.h"
#include "link/multidevice/topic.h"

namespace parley::link::multidevice {

// Thread: the store's scheduler's. The factory outlives it.
class MultideviceLink final : public core::Link {
 public:
  MultideviceLink(MultideviceFactory& factory, const core::Channel& channel,
                  core::LinkEvents& events);
  ~MultideviceLink() override;

  core::Capabilities capabilities() const override;
  void Start() override;
  base::Task<> Stop() override;
  base::Task<> LogOut() override;
  base::Task<base::Result<void>> RequestPairingCode(std::string phone) override;
  base::Task<core::SendOutcome> Send(core::OutgoingMessage message) override;
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                     base::Duration limit) override;

  // For the factory.
  void ClientChanged();
  Phase phase() const;

 private:
  using Node = wire::binary::Node;

  // Dealing with stanzas of one tag, or of one type of notification.
  struct StanzaRow {
    std::string_view name;
    base::Task<> (MultideviceLink::*deal)(Node stanza);
  };
  static const StanzaRow kStanzas[];
  static const StanzaRow kNotifications[];

  // A WebSocket on its way. The link may stop before it is there.
  struct Dial {
    explicit Dial(base::Scheduler& scheduler) : changed(scheduler) {}
    std::optional<base::Result<std::unique_ptr<http::WebSocket>>> result;
    base::Signal changed;
  };

  base::Task<> Run();
  base::Task<bool> Load();
  base::Task<Ending> ConnectOnce();
  base::Task<std::optional<Ending>> Open();
  base::Task<base::Result<http::WebSocketRequest>> RequestOf();
  static base::Task<> DialNow(std::shared_ptr<Dial> dial, http::WebSocketClient& sockets,
                              http::WebSocketRequest request);
  base::Task<> DealWithStanzas();
  Ending EndingOf(const Connection& connection) const;
  base::Duration UntilTick() const;
  base::Task<> OnTick();
  base::Task<> Pause(base::Duration limit);
  bool IsReadyToLogOut() const;
  base::Task<> ReportState(core::ChannelState state, std::string reason);
  base::Task<base::Result<void>> Save(core::LinkWrites writes);
  void EndWith(Next next, std::string_view reason);
  // Runs beside the loop; Stop waits for it.
  void Spawn(const char* name, base::Task<> task);
  base::Task<> Count(base::Task<> task);

  // link_ending.cc
  base::Task<bool> Follow(Ending ending);
  base::Task<bool> FollowUnpaired(Ending ending);

  // link_stanzas.cc
  base::Task<> Deal(Node stanza);
  base::Task<> OnIq(Node stanza);
  base::Task<> OnInfo(Node stanza);
  base::Task<> OnNotification(Node stanza);
  base::Task<> OnFailure(Node stanza);
  base::Task<> OnStreamError(Node stanza);
  base::Task<> OnStreamEnd(Node stanza);
  base::Task<> GiveToMessaging(Node stanza);
  base::Task<> Acknowledge(Node stanza);

  // link_pairing.cc
  base::Task<> OnPairDevice(Node stanza);
  base::Task<> OnPairSuccess(Node stanza);
  base::Task<> OnCodeTyped(Node stanza);
  base::Task<> OnNewSecretWanted(Node stanza);
  base::Task<> OnPasskeyWanted(Node stanza);
  base::Task<> ShowNextCode();
  base::Task<> ShowCode();
  base::Time CodeEnds(std::size_t refs) const;
  base::Task<> OfferCode();
  base::Task<base::Result<void>> TryToOfferCode(std::string phone);
  void AnswerCodeRequest(base::Result<void> result);

  // link_login.cc
  base::Task<> OnSuccess(Node stanza);
  base::Task<> AfterLogin(std::shared_ptr<Connection> connection);
  base::Task<> ReplenishKeys(std::shared_ptr<Connection> connection);
  base::Task<> OnKeysLow(Node stanza);
  base::Task<> OnRouting(Node info);
  base::Task<> OnDirty(Node info);

  MultideviceFactory& factory_;
  core::Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  const core::Channel channel_;
  Reporter reporter_;
  Records records_;
  const LinkContext context_;
  PreKeyStock stock_;
  const std::unique_ptr<Messaging> messaging_;

  bool running_ = false;
  bool stopping_ = false;
  int tasks_ = 0;
  std::shared_ptr<const Device> device_;
  std::optional<core::ChannelState> reported_;  // the last state that was
  Backoff backoff_;
  int failures_ = 0;  // in a row, before pairing was offered
  bool client_changed_ = false;
  std::optional<base::Microseconds> restarted_at_;

  // Of the connection.
  std::shared_ptr<Dial> dial_;
  std::shared_ptr<Connection> connection_;
  StartGate::Place place_;
  std::optional<Ending> ending_;    // decided; nullopt while it goes on
  base::Microseconds deadline_{0};  // of what is awaited: login, the next code, the restart
  bool logged_in_ = false;
  base::Microseconds logged_in_at_{0};
  bool replenishing_ = false;

  // Of an offer of pairing.
  std::list<std::string> refs_;  // still to be shown; lists take nothing while they are empty
  std::string ref_;              // shown
  bool just_paired_ = false;
  std::optional<CodeOffer> code_;
  std::string wanted_phone_;  // somebody asks for a code
  base::Result<void> code_result_;

  // The pairing is to end: connections are made for that alone, and nothing is reported any more.
  bool logging_out_ = false;
  int log_out_tries_ = 0;     // connections that were made for it
  bool may_log_out_ = false;  // this one is logged in

  base::Signal changed_;  // stop, log-out, or another client
  base::Signal log_out_changed_;
  base::Signal code_changed_;  // wanted_phone_ is empty again
  base::Signal idle_;          // nothing runs any more
};

}  // namespace parley::link::multidevice
