#include "sim/wire/session.h"

#include <utility>

#include "base/log.h"
#include "sim/wire/delivery.h"
#include "sim/wire/introduction.h"
#include "sim/wire/login.h"
#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

constexpr std::int64_t kRemovedDevice = 401, kInternal = 500;

}  // namespace

Session::Session(Client& client, const Companion& companion)
    : client_(client), id_(companion.id), number_(companion.number) {
  client.parts().sessions.insert_or_assign(id_, &client);
}

Session::~Session() {
  auto& sessions = client_.parts().sessions;
  const auto own = sessions.find(id_);
  if (own != sessions.end() && own->second == &client_) sessions.erase(own);
}

const Companion* Session::companion() const { return client_.parts().companions.Find(id_); }

void Session::Activate() {
  if (device_) return;
  Parts& parts = client_.parts();
  const auto info = parts.network.FindDevice(id_);
  auto device = parts.network.Connect(id_, *this);
  if (!info || !device) return client_.SendLast(Conflict(kRemovedDevice, "device_removed"));
  device_ = std::move(*device);
  if (shown)
    static_cast<void>(parts.network.SetPresence({number_, id_}, *std::exchange(shown, {}), ""));
  if (info->queued == 0) TellOffline(0);
}

void Session::Replace() {
  device_.reset();
  client_.SendLast(Conflict(0, "replaced"));
}

void Session::OnClosed(net::CloseReason reason) {
  device_.reset();
  switch (reason) {
    case net::CloseReason::kLoggedOut:
      return client_.SendLast(Conflict(kRemovedDevice, "device_removed"));
    case net::CloseReason::kReplaced:
      return client_.SendLast(Conflict(0, "replaced"));
    case net::CloseReason::kConnectionLost:
      return client_.Close();
    case net::CloseReason::kInternalError:
      return client_.SendLast(StreamError(kInternal));
  }
}

void Session::OnItems(std::span<const net::Item> items) {
  std::size_t offline = 0;
  for (const net::Item& item : items) {
    Given given;
    given.seq = item.seq;
    given.done = !Give(item, !caught_up_, given);
    offline += given.done ? 0 : 1;
    given_.push_back(std::move(given));
  }
  AcknowledgeDone();
  if (!caught_up_) TellOffline(offline);
}

bool Session::Give(const net::Item& item, bool offline, Given& given) {
  const Companion* own = companion();
  if (own == nullptr) return false;
  const auto* incoming = std::get_if<net::IncomingMessage>(&item.content);
  if (incoming != nullptr && incoming->history) {
    history_.push_back(*incoming);
    return false;
  }
  auto stanza = StanzaOf(client_.parts(), *this, *own, item);
  if (!stanza) return false;
  if (offline) stanza->attributes.push_back({"offline", "0"});
  given.stanza_class = stanza->tag;
  given.id = Get(*stanza, "id");
  client_.Send(std::move(*stanza));
  return given.stanza_class != "ack";
}

// Everything that waited was sent. Then what came past the network, and at the first time what the
// phone has for a new device.
void Session::TellOffline(std::size_t count) {
  caught_up_ = true;
  Parts& parts = client_.parts();
  const auto waiting = parts.waiting.extract(id_);
  if (!waiting.empty()) {
    count += waiting.mapped().size();
    for (binary::Node& stanza : waiting.mapped()) client_.Send(std::move(stanza));
  }
  client_.Send(MakeNode("ib", {{"from", binary::NetworkServer().Text()}},
                        {MakeNode("offline", {{"count", std::to_string(count)}})}));
  if (const Companion* own = companion(); own != nullptr && !own->is_introduced)
    Introduce(parts, *this, *own, history_);
}

void Session::OnAcknowledged(std::string_view stanza_class, std::string_view id) {
  for (Given& given : given_) {
    if (given.done || given.id != id || given.stanza_class != stanza_class) continue;
    given.done = true;
    break;
  }
  AcknowledgeDone();
}

void Session::AcknowledgeDone() {
  std::uint64_t up_to = 0;
  while (!given_.empty() && given_.front().done) {
    up_to = given_.front().seq;
    given_.pop_front();
  }
  if (up_to != 0 && device_) device_->Acknowledge(up_to);
}

bool Session::Send(net::DeviceMessage message, net::SendCallback callback) {
  if (!device_) return false;
  device_->Send(std::move(message), std::move(callback));
  return true;
}

void Session::MarkRead(std::string_view id, bool played) {
  if (device_) device_->MarkRead(id, played);
}

}  // namespace parley::sim::wire
