// A network for the tests of this folder: it knows accounts and devices, gives out keys, and
// carries stanzas between devices as the real one does. In memory, on virtual time.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/scheduler.h"
#include "link/multidevice/addresses.h"
#include "link/multidevice/stanza_port.h"
#include "link/multidevice/stanzas.h"
#include "wire/signal/pre_keys.h"

namespace parley::link::multidevice {

class TestNetwork {
 public:
  struct Member {
    Jid number, lid;  // with the device
    wire::signal::Bundle bundle;
    std::deque<wire::signal::OneTimeKey> one_time;
    std::deque<Node> pending;          // given, or to be given, and not acknowledged
    std::function<void(Node)> online;  // takes a stanza; empty while it is away
    std::vector<Node> sent;            // everything that it handed over, in order
    int connection = 0;                // which one it is; a port of one before is closed
  };

  explicit TestNetwork(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  Member& Add(const Jid& number, const Jid& lid);
  Member* Find(const Jid& device);
  void Remove(const Jid& device);

  std::shared_ptr<StanzaPort> Connect(Member& member, std::function<void(Node)> online);
  void Disconnect(Member& member);

  // For a <message> on its way to a device; false drops it.
  std::function<bool(Node& message, const Jid& to)> on_delivery;
  // For an <ack> on its way to who sent a message; false drops it.
  std::function<bool(Node& ack)> on_ack;
  // Instead of an answer to a query.
  std::function<std::optional<Node>(const Node& query)> on_query;
  // Whether a key of a message was used twice on its way from one device to another.
  bool key_used_twice = false;
  int queries = 0;

  // As the network itself, to a device.
  void Push(Member& to, Node stanza);

 private:
  friend class TestPort;
  void Route(Member& from, Node stanza);
  void RouteMessage(Member& from, const Node& message);
  void RouteReceipt(Member& from, const Node& receipt);
  void Deliver(Member& from, const Jid& to, const Node& message, const Node& enc);
  Node Answer(const Node& query);
  Node AnswerUsync(const Node& query);
  Node AnswerKeys(const Node& query);
  void NoteKey(const Jid& from, const Jid& to, const Node& enc);

  base::Scheduler& scheduler_;
  std::vector<std::unique_ptr<Member>> members_, gone_;
  std::set<std::string> used_keys_;
};

}  // namespace parley::link::multidevice
