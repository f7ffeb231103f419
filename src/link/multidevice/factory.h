// Makes the links of one gateway to one network, and holds what they share.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "core/channels/link.h"
#include "core/secrets.h"
#include "core/store.h"
#include "http/web_socket_client.h"
#include "link/multidevice/registration.h"
#include "link/multidevice/start_gate.h"
#include "link/multidevice/topic.h"
#include "wire/crypto/curve.h"

namespace parley::link::multidevice {

// Which network it is, and how it is treated.
struct NetworkOptions {
  std::string url = "wss://web.whatsapp.com/ws/chat";
  wire::crypto::PublicKey root;    // who its certificates come from: kPublicRoot, or a simulator's
  std::uint32_t first_keys = 812;  // one-time keys of the first upload
  // Channels that connect at the same time, and from one to the next.
  std::size_t connecting_at_once = 64;
  base::Duration start_spacing = std::chrono::milliseconds(5);
};
// The root key of the public network, as hex: the constant of its clients (Baileys WA_CERT_DETAILS,
// whatsmeow WACertPubKey).
inline constexpr std::string_view kPublicRoot =
    "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b";

// What links stand on. All of it outlives them.
struct LinkParts {
  core::Store& store;
  core::Secrets& secrets;
  base::Random& random;
  base::BlockingPool& pool;
  http::WebSocketClient& sockets;
  MessagingMaker make_messaging;
  std::vector<core::ContentKind> kinds;  // what the messaging carries
  Files* files = nullptr;                // null: pictures are not supported
};

class MultideviceLink;

// What a link does now: it is logged in, offers pairing, is on its way to one of them, or does
// nothing, before the next attempt or until somebody acts.
enum class Phase : std::uint8_t { kConnected, kPairing, kConnecting, kWaiting };
inline constexpr std::size_t kPhases = 4;
inline constexpr std::array<std::string_view, kPhases> kPhaseNames = {"connected", "pairing",
                                                                      "connecting", "waiting"};

// Thread: the store's scheduler's.
class MultideviceFactory final : public core::LinkFactory {
 public:
  MultideviceFactory(LinkParts parts, NetworkOptions network, ClientInfo client);

  core::Capabilities CapabilitiesOf(std::string_view profile) const override;
  std::unique_ptr<core::Link> Make(const core::Channel& channel, core::LinkEvents& events) override;

  // What clients say they are from now on. Channels that were refused for it try again.
  void SetClient(ClientInfo client);
  const ClientInfo& client() const { return client_; }
  const NetworkOptions& network() const { return network_; }

  const EngineCounters& counters() const { return counters_; }
  // How many links stand at each of kPhaseNames, in that order.
  std::array<std::int64_t, kPhases> CountPhases() const;

 private:
  friend class MultideviceLink;

  const LinkParts parts_;
  const NetworkOptions network_;
  ClientInfo client_;
  StartGate gate_;
  EngineCounters counters_;
  std::set<MultideviceLink*> links_;
};

}  // namespace parley::link::multidevice
