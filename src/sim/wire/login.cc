#include "sim/wire/login.h"

#include "base/log.h"
#include "proto/client_payload.pb.h"
#include "sim/wire/nodes.h"
#include "sim/wire/registration.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

constexpr int kRefusedDevice = 401;

binary::Node Failure(int reason) {
  return MakeNode("failure", {{"reason", std::to_string(reason)}, {"location", "sim"}});
}

void Refuse(Client& client, int reason) {
  ++client.parts().counters.logins_refused;
  client.SendLast(Failure(reason));
}

void LogIn(Client& client, const proto::ClientPayload& payload) {
  Parts& parts = client.parts();
  const Companion* companion = nullptr;
  if (payload.device() > 0 && payload.device() <= 255)
    companion = parts.companions.Find(std::to_string(payload.username()),
                                      static_cast<std::uint16_t>(payload.device()));
  if (companion == nullptr || companion->noise != client.noise_key() ||
      !parts.network.FindDevice(companion->id))
    return Refuse(client, kRefusedDevice);
  if (const auto other = parts.sessions.find(companion->id); other != parts.sessions.end())
    other->second->session->Replace();
  ++parts.counters.logins;
  client.session = std::make_unique<Session>(client, *companion);
  client.Send(MakeNode("success",
                       {{"t", std::to_string(parts.now_seconds())},
                        {"props", "27"},
                        {"lid", parts.addresses.ByLid(companion->number, companion->device).Text()},
                        {"location", "sim"}}));
  if (!payload.passive()) client.session->Activate();
}

}  // namespace

bool BeginAs(Client& client, std::string_view bytes) {
  proto::ClientPayload payload;
  if (!payload.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return false;
  if (payload.has_username()) {
    LogIn(client, payload);
    return true;
  }
  if (!payload.has_device_pairing_data()) return false;
  auto registration = Registration::Begin(client, payload.device_pairing_data());
  if (!registration) {
    base::LogInfo("A client's keys for pairing are not right",
                  {{"why", registration.error().what}});
    return false;
  }
  client.registration = std::move(*registration);
  client.registration->Offer();
  return true;
}

binary::Node StreamError(std::int64_t code) {
  return MakeNode("stream:error", {{"code", std::to_string(code)}});
}

binary::Node Conflict(std::int64_t code, std::string type) {
  Attributes attributes;
  if (code != 0) attributes.push_back({"code", std::to_string(code)});
  return MakeNode("stream:error", std::move(attributes),
                  {MakeNode("conflict", {{"type", std::move(type)}})});
}

}  // namespace parley::sim::wire
