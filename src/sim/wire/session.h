// Session: a companion that is logged in. It is the companion's device on the network: what the
// network gives that device becomes stanzas, and is acknowledged there when the client has.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/network.h"
#include "sim/wire/client.h"
#include "sim/wire/companions.h"
#include "sim/wire/layers.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

// Thread: that of the network. Belongs to its client.
class Session final : public net::DeviceListener {
 public:
  Session(Client& client, const Companion& companion);
  ~Session() override;

  const std::string& companion_id() const { return id_; }
  const std::string& number() const { return number_; }
  // nullptr when it was removed meanwhile.
  const Companion* companion() const;
  Client& client() { return client_; }

  // The client is ready for what waits for it.
  void Activate();
  bool is_active() const { return device_ != nullptr; }
  // The same device logged in once more.
  void Replace();

  // The client has that stanza: its class is the tag, or "message" for a receipt that says so.
  void OnAcknowledged(std::string_view stanza_class, std::string_view id);
  // Through the device, when it is active.
  bool Send(net::DeviceMessage message, net::SendCallback callback);
  void MarkRead(std::string_view id, bool played);

  // Whose presence it wants to hear of, and what it heard last.
  std::map<std::string, std::string, std::less<>> presences;
  // With whom it writes by LID: it is answered in the same way.
  std::set<std::string, std::less<>> by_lid;

  // What the client shows of being there before it is ready for the rest; told when it is.
  std::optional<net::PresenceKind> shown;

  // The id of the message that ends the introduction, until the client has it; else empty.
  std::string introduction;

  void OnItems(std::span<const net::Item> items) override;
  void OnClosed(net::CloseReason reason) override;

 private:
  // An item that the client was given.
  struct Given {
    std::uint64_t seq = 0;
    std::string stanza_class, id;  // empty: nothing to wait for
    bool done = false;
  };

  // Sends what the item is; false when it is nothing that a client hears of.
  bool Give(const net::Item& item, bool offline, Given& given);
  void AcknowledgeDone();
  void TellOffline(std::size_t count);

  Client& client_;
  const std::string id_, number_;
  std::unique_ptr<net::Connection> device_;
  std::deque<Given> given_;
  bool caught_up_ = false;
  std::vector<net::IncomingMessage> history_;  // until the phone has handed it over
};

}  // namespace parley::sim::wire
