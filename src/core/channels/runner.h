// The live object of one channel: keeps its link, sends its queued messages in accept order, and
// turns what the link reports into rows and events.
//
// Messages of one chat go one after the other, each only after the one before is settled in the
// store; different chats go in parallel, up to the link's max_in_flight. A message that the network
// took but whose status is not yet durable is sent again after a crash, under the same id.
#pragma once

#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "base/scheduler.h"
#include "core/channels/channel_port.h"
#include "core/channels/link.h"
#include "core/messages/message.h"
#include "core/store.h"

namespace parley::core {

// Thread: its store's scheduler. Lives until Stop has returned.
class ChannelRunner final : public LinkEvents {
 public:
  ChannelRunner(Store& store, base::Random& random, LinkFactory& factory, ChannelPtr channel);
  ~ChannelRunner() override;

  void Start();
  // Looks for queued messages.
  void Wake();
  // Waits a little for the answers to what is being sent, then ends the link; with `log_out` also
  // the pairing. Afterwards nothing of this runner is active.
  base::Task<> Stop(bool log_out);

  base::Task<base::Result<ChannelPort::Pairing>> OfferPairing(std::string phone,
                                                              base::Duration limit);
  base::Task<base::Result<LinkAnswer>> Request(LinkRequest request, base::Duration limit);

  // What its owner has switched; acted on from now on.
  void SetSettings(const ChannelSettings& settings);

  base::Task<base::Result<void>> Report(std::vector<LinkReport> reports, LinkWrites state) override;

  bool connected() const { return connected_; }
  // The link has made its last report: pairing needs another runner.
  bool ended() const { return ended_; }
  std::size_t buffered() const { return buffered_; }

 private:
  // The messages of one chat that were read from the store and are not settled.
  struct Lane {
    std::deque<MessageInChat> waiting;
    bool busy = false;  // its first message is with the link, or its outcome with the store
    int failures = 0;   // in a row
    std::optional<base::Scheduler::TimerId> pause;  // waits before it tries its first one again
  };
  struct Outcome {
    MessageId id;
    ChatRow chat;
    SendOutcome outcome;
  };

  base::Task<> Fetch();
  void Dispatch();
  base::Task<> SendFirst(ChatRow chat);
  base::Task<SendOutcome> SendMessage(MessageInChat found);
  base::Task<> WaitForTurn();
  base::Task<> ShowTyping(Address to);
  void Settle(Outcome outcome);
  base::Task<> Flush();
  void Finish(const Outcome& outcome);
  void PauseLane(ChatRow chat, const SendRefused& refused);
  void EndPause(ChatRow chat);
  base::Task<base::Result<ChannelPort::Pairing>> WaitForPairing(std::string phone,
                                                                base::Duration limit);
  void Apply(const LinkReport& report);
  // What the settings ask for after these reports.
  std::vector<LinkRequest> RequestsAfter(const std::vector<LinkReport>& reports) const;
  base::Task<> Follow(std::vector<LinkRequest> requests);
  void TaskEnded();

  Store& store_;
  base::Random& random_;
  base::Scheduler& scheduler_;
  const ChannelPtr channel_;  // identity only; its state is as old as the runner
  const std::unique_ptr<Link> link_;
  const Capabilities capabilities_;
  ChannelSettings settings_;

  bool connected_ = false;
  bool ended_ = false;
  bool stopping_ = false;
  bool fetching_ = false;
  bool flushing_ = false;
  bool more_queued_ = true;  // the store may hold messages that were not read yet
  MessageRow fetched_;       // the last one read
  std::size_t buffered_ = 0;
  int in_flight_ = 0;
  int tasks_ = 0;  // coroutines of this runner that are under way
  std::unordered_map<ChatRow, Lane> lanes_;
  // Lanes that may send, in order of their first message. Not a deque, which takes half a kilobyte
  // while it is empty: every channel has one.
  std::list<ChatRow> ready_;
  std::vector<Outcome> outcomes_;
  std::optional<ChannelPort::Pairing> pairing_;
  std::string pairing_phone_;  // for which the code on offer, or the one being asked for, is
  std::string pairing_ended_;  // why, when pairing_ is empty because an offer ended
  base::Signal pairing_changed_;
  base::Time next_turn_;  // account protection: when the next message may go
  base::Signal stopped_;  // stopping_ became true
  base::Signal settled_;  // in_flight_ became less
  base::Signal idle_;     // tasks_ reached zero
};

}  // namespace parley::core
