#include "sim/wire/front.h"

#include "base/log.h"
#include "sim/wire/client.h"
#include "sim/wire/nodes.h"
#include "sim/wire/parts.h"
#include "sim/wire/presence.h"
#include "sim/wire/registration.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

constexpr std::string_view kPath = "/ws/chat";

base::Error NotOnOffer() {
  return base::Error(base::ErrorCode::kNotFound, "This QR code is not on offer, or not any more");
}

class WireFront final : public Front {
 public:
  WireFront(base::Scheduler& scheduler, base::Random& random, net::Network& network,
            std::unique_ptr<net::Keep> keep, const FrontOptions& options)
      : keep_(std::move(keep)),
        parts_(scheduler, random, network, *keep_, options),
        watch_(network.WatchAll([this](const net::Change& change) { OnChange(change); })) {}

  // Connections may outlast it by a little, and do nothing any more.
  ~WireFront() override {
    const auto clients = parts_.clients;
    for (const auto& [key, weak] : clients)  // order-ok: each ends by itself
      if (const auto client = weak.lock()) {
        client->Close();
        client->registration.reset();
        client->session.reset();
      }
  }

  bool Serves(std::string_view path) const override { return path == kPath; }
  std::size_t max_message() const override { return kMaxHandshakeMessage; }
  base::Task<> Serve(std::unique_ptr<http::WebSocket> socket) override {
    co_await Client::Run(std::make_shared<Client>(parts_, std::move(socket)));
  }

  void SetMediaUrl(std::string url) override { parts_.media_url = std::move(url); }
  std::string root_key() const override { return std::string(parts_.root.public_key().bytes()); }
  const FrontCounters& counters() const override { return parts_.counters; }

  bool IsQr(std::string_view text) const override { return ReadQr(text).has_value(); }
  base::Result<net::DeviceInfo> Scan(std::string_view number, std::string_view text) override {
    const auto qr = ReadQr(text);
    const auto client = qr ? parts_.refs.find(qr->ref) : parts_.refs.end();
    if (client == parts_.refs.end()) return NotOnOffer();
    return client->second->registration->Scan(std::string(number), *qr);
  }
  bool OffersCode(std::string_view number) const override {
    return parts_.codes.find(number) != parts_.codes.end();
  }
  base::Result<net::DeviceInfo> EnterCode(std::string_view number, std::string_view code) override {
    const auto client = parts_.codes.find(number);
    if (client == parts_.codes.end())
      return base::Error(base::ErrorCode::kNotFound, "This code is not on offer for the number");
    return client->second->registration->EnterCode(std::string(number), code);
  }

  base::Result<FaultEntry> AddFault(FaultRule rule) override {
    return parts_.faults.Add(std::move(rule));
  }
  std::vector<FaultEntry> ListFaults() const override { return parts_.faults.list(); }
  base::Result<void> RemoveFault(std::int64_t id) override {
    if (parts_.faults.Remove(id)) return {};
    return base::Error(base::ErrorCode::kNotFound, "There is no such rule");
  }
  base::Result<void> DropOneTimeKeys(std::string_view device) override {
    if (parts_.companions.Find(device) == nullptr)
      return base::Error(base::ErrorCode::kNotFound, "This device is none of the wire");
    parts_.companions.DropOneTimeKeys(device);
    return {};
  }
  base::Result<void> ChangeIdentity(std::string_view number) override;

 private:
  void OnChange(const net::Change& change);

  const std::unique_ptr<net::Keep> keep_;
  Parts parts_;
  const std::unique_ptr<net::Watch> watch_;
};

void WireFront::OnChange(const net::Change& change) {
  if (change.kind == net::ChangeKind::kPresence) return TellPresence(parts_, change.number);
  if (change.kind != net::ChangeKind::kDevices) return;
  for (const Companion* companion : parts_.companions.Of(change.number))
    if (!parts_.network.FindDevice(companion->id)) {
      parts_.waiting.erase(companion->id);
      parts_.companions.Remove(companion->id);
    }
}

base::Result<void> WireFront::ChangeIdentity(std::string_view number) {
  PARLEY_TRY(person, parts_.network.FindPerson(number));
  parts_.phones.ChangeIdentity(person.number);
  for (const Companion* companion : parts_.companions.Of(person.number))
    PARLEY_CHECK(parts_.network.Unlink(person.number, companion->id));
  for (const auto& [id, client] : parts_.sessions) {
    if (client->session->number() == person.number) continue;
    const bool by_lid = client->session->by_lid.contains(person.number);
    const binary::Jid from =
        by_lid ? parts_.addresses.ByLid(person.number) : parts_.addresses.ByNumber(person.number);
    client->Send(MakeNode("notification",
                          {{"from", from.Text()},
                           {"type", "encrypt"},
                           {"id", parts_.MakeId()},
                           {"t", std::to_string(parts_.now_seconds())}},
                          {MakeNode("identity")}));
  }
  return {};
}

}  // namespace

Parts::Parts(base::Scheduler& scheduler_in, base::Random& random_in, net::Network& network_in,
             net::Keep& keep_in, const FrontOptions& options_in)
    : scheduler(scheduler_in),
      random(random_in),
      network(network_in),
      keep(keep_in),
      options(options_in),
      root(keep_in, random_in, scheduler_in.Now()),
      companions(keep_in, network_in),
      addresses(network_in),
      phones(keep_in, companions, random_in) {}

Parts::~Parts() = default;

Session* Parts::SessionOf(std::string_view companion) const {
  const auto client = sessions.find(companion);
  return client == sessions.end() ? nullptr : client->second->session.get();
}

void Parts::GiveDirectly(std::string_view companion, binary::Node stanza) {
  Session* session = SessionOf(companion);
  if (session != nullptr && session->is_active()) return session->client().Send(std::move(stanza));
  stanza.attributes.push_back({"offline", "0"});
  std::deque<binary::Node>& queue = waiting[std::string(companion)];
  queue.push_back(std::move(stanza));
  if (queue.size() > kMaxWaiting) queue.pop_front();
}

std::string Parts::MakeId() {
  return std::to_string(base::ToUnixMs(scheduler.Now())) + "-" + std::to_string(++last_id_);
}

base::Result<std::unique_ptr<Front>> Front::Open(base::Scheduler& scheduler, base::Random& random,
                                                 net::Network& network, net::Log& log,
                                                 const FrontOptions& options) {
  PARLEY_TRY(keep, net::Keep::Open(log, kKeepMark));
  return std::unique_ptr<Front>(
      std::make_unique<WireFront>(scheduler, random, network, std::move(keep), options));
}

}  // namespace parley::sim::wire
