#include "link/multidevice/link.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "core/channels/load_proxy.h"
#include "link/multidevice/device_record.h"
#include "link/multidevice/keepalive.h"
#include "link/multidevice/queries.h"

namespace parley::link::multidevice {
namespace {

constexpr base::Duration kLoginLimit = std::chrono::seconds(30);  // from the socket to <success>
// For the end of a pairing, with what connections it takes: who waits for it deletes a channel.
constexpr base::Duration kLogOutLimit = std::chrono::seconds(10);
constexpr base::Duration kLogOutPause = std::chrono::seconds(2);
constexpr int kLogOutTries = 3;
constexpr base::Duration kCodeLimit = std::chrono::seconds(30);
constexpr base::Duration kLongTime = std::chrono::hours(1);
// A connection that has held for so long was a good one.
constexpr base::Duration kHeld = std::chrono::minutes(1);
constexpr base::Duration kLoadRetry = std::chrono::seconds(1);

// "https://web.whatsapp.com" for "wss://web.whatsapp.com/ws/chat".
std::string OriginOf(const std::string& url) {
  const std::size_t start = url.find("://");
  const std::size_t end = url.find('/', start + 3);
  return (url.starts_with("wss") ? "https" : "http") + url.substr(start, end - start);
}

base::Result<http::Proxy> ProxyOf(const core::Proxy& kept) {
  http::Proxy proxy;
  if (kept.scheme == "socks5")
    proxy.kind = http::Proxy::Kind::kSocks5;
  else if (kept.scheme != "http")
    return base::Error(base::ErrorCode::kNotSupported,
                       "A proxy of scheme " + kept.scheme + " is not supported");
  proxy.host = kept.host;
  proxy.port = static_cast<std::uint16_t>(kept.port);
  proxy.username = kept.username;
  proxy.password = kept.password;
  return proxy;
}

wire::binary::Node LogOutQuery(const Pairing& pairing) {
  wire::binary::Node remove("remove-companion-device");
  remove.attributes.push_back(wire::binary::Attribute{"jid", pairing.number.Text()});
  remove.attributes.push_back(wire::binary::Attribute{"reason", "user_initiated"});
  return MakeQuery(QueryKind::kSet, "md", std::move(remove));
}

}  // namespace

// ---------------------------------------------------------------------------------- from outside

MultideviceLink::MultideviceLink(MultideviceFactory& factory, const core::Channel& channel,
                                 core::LinkEvents& events)
    : factory_(factory),
      store_(factory.parts_.store),
      scheduler_(store_.scheduler()),
      random_(factory.parts_.random),
      channel_(channel),
      reporter_(events, scheduler_),
      records_(store_, factory.parts_.secrets, channel.row, channel.id),
      context_{store_,   scheduler_, random_,           reporter_,
               records_, channel_,   factory.counters_, factory.parts_.files},
      stock_(context_, factory.parts_.pool, factory.network_.first_keys),
      messaging_(factory.parts_.make_messaging(context_)),
      changed_(scheduler_),
      log_out_changed_(scheduler_),
      code_changed_(scheduler_),
      idle_(scheduler_) {
  factory_.links_.insert(this);
}

// After Stop nothing waits any more. Without it, as when all of it is dropped together with the
// scheduler, what waits in the connection or for the network's answer to a message would keep the
// connection, and itself.
MultideviceLink::~MultideviceLink() {
  if (connection_) {
    connection_->Close("dropped");
    if (logged_in_) messaging_->OnClosed();
  }
  if (dial_) dial_->changed.Notify();
  factory_.links_.erase(this);
}

core::Capabilities MultideviceLink::capabilities() const {
  return factory_.CapabilitiesOf(channel_.link_profile);
}

void MultideviceLink::Start() {
  running_ = true;
  scheduler_.Spawn("multidevice link", Run());
}

base::Task<> MultideviceLink::Stop() {
  stopping_ = true;
  reporter_.Stop();
  if (connection_) connection_->Close("stopped");
  if (dial_) dial_->changed.Notify();
  changed_.Notify();
  while (running_ || tasks_ > 0) co_await idle_.Wait();
  co_await messaging_->Stop();
}

base::Task<> MultideviceLink::LogOut() {
  const base::Microseconds end = scheduler_.Monotonic() + kLogOutLimit;
  const auto left = [&] { return std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic()); };
  logging_out_ = true;
  changed_.Notify();  // what waits for the next attempt need not
  while (running_ && !stopping_ && !IsReadyToLogOut() && left().count() > 0)
    co_await log_out_changed_.WaitFor(left());
  const auto connection = connection_;
  const auto device = device_;
  if (!device || !device->pairing) co_return;
  bool done = false;
  if (IsReadyToLogOut() && left().count() > 0) {
    Node query = LogOutQuery(*device->pairing);
    const auto answer = co_await connection->Ask(std::move(query), left());
    done = answer && !ErrorIn(*answer);
  }
  if (!done)
    base::LogWarning("A device could not be logged out and stays in the phone's list",
                     {{"channel", channel_.id.value.ToText()}});
}

bool MultideviceLink::IsReadyToLogOut() const {
  return connection_ && !connection_->end() && (logged_in_ || may_log_out_);
}

base::Task<base::Result<void>> MultideviceLink::RequestPairingCode(std::string phone) {
  if (!running_ || stopping_)
    co_return base::Error(base::ErrorCode::kInvalidState, "Pairing is not on offer any more");
  if (device_ && device_->pairing)
    co_return base::Error(base::ErrorCode::kInvalidState, "The channel is paired already");
  wanted_phone_ = std::move(phone);
  if (connection_) connection_->Poke();
  const base::Microseconds end = scheduler_.Monotonic() + kCodeLimit;
  while (!wanted_phone_.empty()) {
    const auto left = std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic());
    if (left.count() <= 0 || !co_await code_changed_.WaitFor(left)) {
      wanted_phone_.clear();
      co_return base::Error(base::ErrorCode::kTimeout, "The network offered no pairing code");
    }
  }
  co_return code_result_;
}

base::Task<core::SendOutcome> MultideviceLink::Send(core::OutgoingMessage message) {
  return messaging_->Send(std::move(message));
}

base::Task<base::Result<core::LinkAnswer>> MultideviceLink::Request(core::LinkRequest request,
                                                                    base::Duration limit) {
  return messaging_->Request(std::move(request), limit);
}

Phase MultideviceLink::phase() const {
  if (connection_ && logged_in_) return Phase::kConnected;
  if (connection_ && !ref_.empty()) return Phase::kPairing;
  return connection_ || dial_ ? Phase::kConnecting : Phase::kWaiting;
}

void MultideviceLink::ClientChanged() {
  client_changed_ = true;
  changed_.Notify();
}

// -------------------------------------------------------------------------------------- the loop

base::Task<> MultideviceLink::Run() {
  bool go_on = co_await Load();
  if (logging_out_ && go_on) go_on = device_->pairing.has_value();
  while (go_on && !stopping_) {
    if (logging_out_ && log_out_tries_ == kLogOutTries) break;
    if (logging_out_ && log_out_tries_++ > 0) co_await Pause(kLogOutPause);
    Ending ending = co_await ConnectOnce();
    if (stopping_) break;
    go_on = co_await Follow(std::move(ending));
  }
  AnswerCodeRequest(base::Error(base::ErrorCode::kInvalidState, "Pairing ended"));
  running_ = false;
  idle_.Notify();
  log_out_changed_.Notify();
}

// The device of the records, or a new one; false when there is no way to know.
base::Task<bool> MultideviceLink::Load() {
  while (!stopping_) {
    std::vector<RecordName> names;
    names.emplace_back(kDeviceSpace, "");
    names.emplace_back(kDeviceSpace, "routing");
    auto found = co_await records_.Get(std::move(names));
    if (!found && base::IsTransient(found.error().code)) {
      co_await Pause(kLoadRetry);
      continue;
    }
    std::optional<Device> device;
    if (found && !found->front()) device = MakeDevice(random_);
    if (found && found->front()) device = DecodeDevice(*found->front());
    if (!device) {
      base::LogError("The keys of a channel cannot be read",
                     {{"channel", channel_.id.value.ToText()},
                      {"reason", found ? "a broken record" : found.error().detail}});
      co_await ReportState(core::ChannelState::kDisconnected, "keys_unreadable");
      co_return false;
    }
    if (found->back()) device->routing = std::move(*found->back());
    device_ = std::make_shared<const Device>(std::move(*device));
    co_return true;
  }
  co_return false;
}

base::Task<Ending> MultideviceLink::ConnectOnce() {
  ending_.reset();
  logged_in_ = false;
  may_log_out_ = false;
  just_paired_ = false;
  client_changed_ = false;
  refs_.clear();
  ref_.clear();
  code_.reset();
  if (device_->pairing) co_await ReportState(core::ChannelState::kConnecting, "");
  place_ = co_await factory_.gate_.Enter();
  auto failed = co_await Open();
  if (!failed) co_await DealWithStanzas();
  place_.Leave();
  if (failed) co_return std::move(*failed);

  const auto connection = std::exchange(connection_, nullptr);
  if (!ending_) ending_ = EndingOf(*connection);
  connection->Close(ending_->reason);
  if (logged_in_) messaging_->OnClosed();
  const base::Duration held =
      std::chrono::floor<base::Duration>(scheduler_.Monotonic() - logged_in_at_);
  if (logged_in_ && held >= kHeld) backoff_.Reset();
  co_return std::move(*ending_);
}

// A connection whose handshake is done, or why there is none.
base::Task<std::optional<Ending>> MultideviceLink::Open() {
  auto request = co_await RequestOf();
  if (!request) {
    const bool never = request.error().code == base::ErrorCode::kNotSupported;
    co_return Ending{never ? Next::kStop : Next::kReconnect,
                     never ? "proxy_not_supported" : "proxy_unreadable",
                     {}};
  }
  const bool by_proxy = request->proxy.has_value();
  const auto dial = std::make_shared<Dial>(scheduler_);
  dial_ = dial;
  scheduler_.Spawn("multidevice dial", DialNow(dial, factory_.parts_.sockets, std::move(*request)));
  while (!dial->result && !stopping_) co_await dial->changed.Wait();
  dial_.reset();
  if (stopping_) co_return Ending{Next::kStop, "stopped", {}};
  if (!*dial->result) {
    const base::Error& error = dial->result->error();
    base::LogDebug("No connection to the network",
                   {{"channel", channel_.id.value.ToText()}, {"reason", error.public_text()}});
    co_return Ending{Next::kReconnect, by_proxy ? "unreachable_by_proxy" : "unreachable", {}};
  }
  const auto connection =
      std::make_shared<Connection>(scheduler_, random_, std::move(**dial->result));
  connection->CountIn(factory_.counters_);
  connection_ = connection;
  deadline_ = scheduler_.Monotonic() + kLoginLimit;
  auto limit = [weak = std::weak_ptr(connection)] {
    if (const auto late = weak.lock()) late->Close("no_answer");
  };
  const auto timer = scheduler_.After(kLoginLimit, std::move(limit));
  std::string payload = device_->pairing ? LoginPayload(factory_.client_, *device_->pairing)
                                         : RegistrationPayload(factory_.client_, *device_);
  Greeting greeting(device_->noise, factory_.network_.root, device_->routing, std::move(payload));
  const bool stands = co_await connection->Start(std::move(greeting));
  scheduler_.Cancel(timer);
  if (stands) {
    Spawn("multidevice keepalive", KeepAlive(connection, scheduler_, random_));
    co_return std::nullopt;
  }
  connection_.reset();
  co_return EndingOf(*connection);
}

base::Task<base::Result<http::WebSocketRequest>> MultideviceLink::RequestOf() {
  PARLEY_CO_TRY(
      kept, co_await core::LoadProxy(store_, factory_.parts_.secrets, channel_.row, channel_.id));
  http::WebSocketRequest request(factory_.network_.url);
  request.headers.Set("Origin", OriginOf(request.url));
  if (kept && kept->active) {
    PARLEY_CO_TRY(proxy, ProxyOf(*kept));
    request.proxy = std::move(proxy);
  }
  co_return request;
}

base::Task<> MultideviceLink::DialNow(std::shared_ptr<Dial> dial, http::WebSocketClient& sockets,
                                      http::WebSocketRequest request) {
  dial->result.emplace(co_await sockets.Open(std::move(request)));
  dial->changed.Notify();
}

base::Task<> MultideviceLink::DealWithStanzas() {
  while (!ending_ && !stopping_) {
    auto stanza = co_await connection_->Next(UntilTick());
    if (stanza)
      co_await Deal(std::move(*stanza));
    else if (connection_->end())
      break;
    else
      co_await OnTick();
  }
}

Ending MultideviceLink::EndingOf(const Connection& connection) const {
  Ending ending;
  ending.reason = connection.end()->reason;
  if (ending.reason == "wrong_certificate")
    base::LogWarning(
        "Somebody else answers in the network's place",
        {{"channel", channel_.id.value.ToText()}, {"reason", connection.end()->detail}});
  else
    base::LogDebug("A connection to the network ended", {{"channel", channel_.id.value.ToText()},
                                                         {"reason", ending.reason},
                                                         {"detail", connection.end()->detail}});
  return ending;
}

base::Duration MultideviceLink::UntilTick() const {
  if (logged_in_) return kLongTime;
  const auto left = std::chrono::ceil<base::Duration>(deadline_ - scheduler_.Monotonic());
  return std::max(left, base::Duration(0));
}

base::Task<> MultideviceLink::OnTick() {
  if (logged_in_ || stopping_) co_return;
  const bool offering = !ref_.empty();
  if (offering && !wanted_phone_.empty()) co_await OfferCode();
  if (scheduler_.Monotonic() < deadline_) co_return;
  if (just_paired_)
    EndWith(Next::kRestart, "restart");
  else if (offering)
    co_await ShowNextCode();
  else
    EndWith(Next::kReconnect, "no_answer");
}

void MultideviceLink::EndWith(Next next, std::string_view reason) {
  if (ending_) return;
  ending_ = Ending{next, std::string(reason), {}};
}

base::Task<> MultideviceLink::Pause(base::Duration limit) {
  const base::Microseconds end = scheduler_.Monotonic() + limit;
  const bool was_logging_out = logging_out_;
  while (!stopping_ && logging_out_ == was_logging_out) {
    const auto left = std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic());
    if (left.count() <= 0) co_return;
    co_await changed_.WaitFor(left);
  }
}

base::Task<> MultideviceLink::ReportState(core::ChannelState state, std::string reason) {
  if (reported_ == state || logging_out_) co_return;
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{state, std::move(reason)});
  core::LinkWrites nothing;
  const auto taken = co_await reporter_.Report(std::move(reports), std::move(nothing));
  if (taken) reported_ = state;
}

base::Task<base::Result<void>> MultideviceLink::Save(core::LinkWrites writes) {
  std::vector<core::LinkReport> nothing;
  return reporter_.Report(std::move(nothing), std::move(writes));
}

void MultideviceLink::Spawn(const char* name, base::Task<> task) {
  ++tasks_;
  scheduler_.Spawn(name, Count(std::move(task)));
}

base::Task<> MultideviceLink::Count(base::Task<> task) {
  co_await std::move(task);
  if (--tasks_ == 0) idle_.Notify();
}

}  // namespace parley::link::multidevice
