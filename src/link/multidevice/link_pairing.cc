// MultideviceLink: offering pairing.
#include "base/log.h"
#include "link/multidevice/device_record.h"
#include "link/multidevice/link.h"
#include "link/multidevice/pairing.h"
#include "link/multidevice/queries.h"

namespace parley::link::multidevice {
namespace {

// For the network to end the connection after the pairing, as it does at once.
constexpr base::Duration kRestartLimit = std::chrono::seconds(10);

// What the network calls the phone: "android", "iphone", "smba", "smbi".
core::ChannelProfile ProfileOf(const Pairing& pairing) {
  core::ChannelProfile profile;
  profile.push_name = pairing.push_name;
  profile.is_business = pairing.platform.starts_with("smb");
  if (pairing.platform == "android" || pairing.platform == "smba") profile.platform = "android";
  if (pairing.platform == "iphone" || pairing.platform == "smbi") profile.platform = "iphone";
  profile.lid = pairing.lid.user;
  return profile;
}

}  // namespace

base::Task<> MultideviceLink::OnPairDevice(Node stanza) {
  const std::string id(stanza.Find("id").value_or(""));
  std::vector<std::string> refs = RefsIn(*stanza.FindChild("pair-device"));
  (void)co_await connection_->Send(MakeResult(id));
  if (refs.empty()) {
    EndWith(Next::kReconnect, "no_pairing_refs");
    co_return;
  }
  place_.Leave();
  refs_.assign(std::make_move_iterator(refs.begin()), std::make_move_iterator(refs.end()));
  deadline_ = scheduler_.Monotonic() + kFirstQrTime;
  ref_ = std::move(refs_.front());
  refs_.pop_front();
  if (wanted_phone_.empty())
    co_await ShowCode();
  else
    co_await OfferCode();
}

base::Task<> MultideviceLink::ShowNextCode() {
  if (refs_.empty()) {
    EndWith(Next::kEndOffer, "pairing_expired");
    co_return;
  }
  deadline_ += kNextQrTime;
  ref_ = std::move(refs_.front());
  refs_.pop_front();
  if (!code_) co_await ShowCode();
}

// When the network has had enough of what is shown now, and so many refs after it.
base::Time MultideviceLink::CodeEnds(std::size_t refs) const {
  const base::Microseconds left = deadline_ - scheduler_.Monotonic();
  return scheduler_.Now() + std::chrono::ceil<base::Duration>(left) +
         kNextQrTime * static_cast<int>(refs);
}

base::Task<> MultideviceLink::ShowCode() {
  core::PairingReport report;
  report.qr = QrText(ref_, *device_, factory_.client_.browser);
  report.expires_at = CodeEnds(0);
  std::vector<core::LinkReport> reports;
  reports.emplace_back(std::move(report));
  core::LinkWrites nothing;
  (void)co_await reporter_.Report(std::move(reports), std::move(nothing));
  reported_.reset();
}

// The server wants another secret: it takes no pairing with the one on show.
base::Task<> MultideviceLink::OnNewSecretWanted(Node stanza) {
  co_await Acknowledge(std::move(stanza));
  // With a typed code the secret is agreed on later.
  if (device_->pairing || ref_.empty() || code_) co_return;
  Device device = *device_;
  random_.Fill(device.adv_secret.bytes());
  device_ = std::make_shared<const Device>(std::move(device));
  co_await ShowCode();
}

base::Task<> MultideviceLink::OnPasskeyWanted(Node stanza) {
  co_await Acknowledge(std::move(stanza));
  if (device_->pairing) co_return;
  base::LogWarning("The network wants a passkey for this account, which is not supported",
                   {{"channel", channel_.id.value.ToText()}});
  EndWith(Next::kEndOffer, "passkey_required");
}

// --------------------------------------------------------------------------------- typed codes

base::Task<> MultideviceLink::OfferCode() {
  std::string phone = wanted_phone_;
  base::Result<void> offered = co_await TryToOfferCode(std::move(phone));
  if (!offered)
    base::LogInfo("A pairing code could not be offered",
                  {{"channel", channel_.id.value.ToText()}, {"reason", offered.error().detail}});
  AnswerCodeRequest(std::move(offered));
}

void MultideviceLink::AnswerCodeRequest(base::Result<void> result) {
  if (wanted_phone_.empty()) return;
  wanted_phone_.clear();
  code_result_ = std::move(result);
  code_changed_.Notify();
}

base::Task<base::Result<void>> MultideviceLink::TryToOfferCode(std::string phone) {
  const auto ephemeral = wire::crypto::KeyPair::Generate(random_);
  CodeOffer offer(std::move(phone), MakePairingCode(random_), ephemeral);
  auto wrap = [key = ephemeral.public_key, code = offer.code, salt = MakeWrapSalt(random_)] {
    return WrapKey(key, code, salt);
  };
  std::string wrapped = co_await factory_.parts_.pool.Run(scheduler_, std::move(wrap));
  Node hello = MakeCompanionHello(offer, *device_, factory_.client_, std::move(wrapped));
  PARLEY_CO_TRY(answer, co_await connection_->Ask(std::move(hello), kConnectQueryLimit));
  if (const auto error = ErrorIn(answer)) {
    const bool too_often = error->code == 429;
    co_return base::Error(too_often ? base::ErrorCode::kRateLimited : base::ErrorCode::kUnavailable,
                          "The network refused to offer a pairing code",
                          std::to_string(error->code) + " " + error->text);
  }
  offer.ref = RefOfHello(answer);
  if (offer.ref.empty())
    co_return base::Error(base::ErrorCode::kUnavailable,
                          "The network refused to offer a pairing code", "an answer without a ref");
  code_ = std::move(offer);
  core::PairingReport report;
  report.code = code_->code;
  report.expires_at = CodeEnds(refs_.size());
  std::vector<core::LinkReport> reports;
  reports.emplace_back(std::move(report));
  core::LinkWrites nothing;
  reported_.reset();
  co_return co_await reporter_.Report(std::move(reports), std::move(nothing));
}

base::Task<> MultideviceLink::OnCodeTyped(Node stanza) {
  const auto hello = ReadPrimaryHello(stanza);
  co_await Acknowledge(std::move(stanza));
  if (!hello || !code_ || hello->ref != code_->ref) {
    base::LogInfo("The network speaks of a pairing code that is not on offer");
    co_return;
  }
  auto unwrap = [wrapped = hello->wrapped, code = code_->code] { return UnwrapKey(wrapped, code); };
  const auto phone_key = co_await factory_.parts_.pool.Run(scheduler_, std::move(unwrap));
  if (!phone_key || !code_) co_return;
  auto finish = MakeCompanionFinish(*code_, *hello, *phone_key, *device_, random_);
  if (!finish) {
    base::LogInfo("A pairing code was answered with a key that is none",
                  {{"reason", finish.error().what}});
    EndWith(Next::kEndOffer, "pairing_failed");
    co_return;
  }
  Device device = *device_;
  device.adv_secret = finish->adv_secret;
  device_ = std::make_shared<const Device>(std::move(device));
  const auto answer = co_await connection_->Ask(std::move(finish->query), kConnectQueryLimit);
  const bool refused = answer && ErrorIn(*answer);
  if (!answer || refused) EndWith(Next::kEndOffer, "pairing_failed");
}

// ------------------------------------------------------------------------------------- the end

base::Task<> MultideviceLink::OnPairSuccess(Node stanza) {
  const std::string id(stanza.Find("id").value_or(""));
  auto checked = AnswerPairSuccess(id, *stanza.FindChild("pair-success"), *device_, random_);
  if (auto* refused = std::get_if<PairingRefused>(&checked)) {
    base::LogWarning("A pairing was refused",
                     {{"channel", channel_.id.value.ToText()}, {"reason", refused->why}});
    (void)co_await connection_->Send(std::move(refused->answer));
    EndWith(Next::kEndOffer, "pairing_failed");
    co_return;
  }
  auto& accepted = std::get<PairingAccepted>(checked);
  Device device = *device_;
  device.pairing = std::move(accepted.pairing);
  core::PairedReport who;
  who.phone = device.pairing->number.user;
  who.profile = ProfileOf(*device.pairing);
  std::vector<core::LinkReport> reports;
  reports.emplace_back(std::move(who));
  reports.emplace_back(core::StateReport{core::ChannelState::kConnecting, "paired"});
  core::LinkWrites writes;
  writes.push_back(records_.Put(RecordName(kDeviceSpace, ""), EncodeDevice(device)));
  writes.push_back(
      records_.Put(SignedKeyName(device.signed_key.id), EncodeKeyPair(device.signed_key.keys)));
  // Before the network knows: the page says why.
  const auto stored = co_await reporter_.Report(std::move(reports), std::move(writes));
  if (!stored) {
    const bool other = stored.error().code == base::ErrorCode::kInvalidState;
    (void)co_await connection_->Send(MakeError(id, 500, "internal-error"));
    EndWith(Next::kEndOffer, other ? "other_number" : "pairing_failed");
    co_return;
  }
  reported_ = core::ChannelState::kConnecting;
  device_ = std::make_shared<const Device>(std::move(device));
  just_paired_ = true;
  deadline_ = scheduler_.Monotonic() + kRestartLimit;
  (void)co_await connection_->Send(std::move(accepted.answer));
}

}  // namespace parley::link::multidevice
