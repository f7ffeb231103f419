#include "sim/network/pairing.h"

namespace parley::sim::network {
namespace {

// The real thing's alphabet: no 0, I, O, U, which are misread or make words.
constexpr std::string_view kCodeAlphabet = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
constexpr std::size_t kCodeLength = 8;

std::string MakeCode(base::Random& random) {
  std::string code;
  for (std::size_t i = 0; i < kCodeLength; ++i)
    code += kCodeAlphabet[random.Below(kCodeAlphabet.size())];
  return code;
}

std::string WithDash(const std::string& code) { return code.substr(0, 4) + "-" + code.substr(4); }

// Codes are looked up together with their number. No QR text begins like that.
std::string CodeKey(std::string_view number, std::string_view code) {
  return "code " + std::string(number) + " " + std::string(code);
}

}  // namespace

// While it stands (`pairings` is set) it is in by_secret_, and its handle and listener are there.
struct Pairings::Standing {
  Pairings* pairings = nullptr;         // nullptr: ended, or the network is gone
  PairingListener* listener = nullptr;  // nullptr: the handle is gone
  Profile profile = Profile::kPhone;
  std::string secret;  // its key in by_secret_
  std::string code;
  base::Time expires;
  int qrs_made = 0;
};

class Pairings::Handle final : public PairingOffer {
 public:
  explicit Handle(std::shared_ptr<Standing> offer) : offer_(std::move(offer)) {}
  ~Handle() override {
    offer_->listener = nullptr;
    if (offer_->pairings != nullptr) offer_->pairings->End(offer_);
  }
  std::string_view code() const override { return offer_->code; }
  base::Time expires() const override { return offer_->expires; }

 private:
  const std::shared_ptr<Standing> offer_;
};

Pairings::~Pairings() {
  for (const auto& [secret, offer] : by_secret_) offer->pairings = nullptr;
}

std::shared_ptr<Pairings::Standing> Pairings::Add(Profile profile, PairingListener& listener,
                                                  base::Duration life) {
  auto offer = std::make_shared<Standing>();
  offer->pairings = this;
  offer->listener = &listener;
  offer->profile = profile;
  offer->expires = timeline_.Now() + life;
  return offer;
}

std::unique_ptr<PairingOffer> Pairings::OfferQr(Profile profile, PairingListener& listener) {
  auto offer = Add(profile, listener, options_.qr_life * options_.qr_count);
  MakeQr(*offer);
  by_secret_.emplace(offer->secret, offer);
  timeline_.Post([this, offer] { ShowQr(offer); });
  return std::make_unique<Handle>(std::move(offer));
}

std::unique_ptr<PairingOffer> Pairings::OfferCode(std::string number, Profile profile,
                                                  PairingListener& listener) {
  auto offer = Add(profile, listener, options_.code_life);
  std::string code;
  do {
    code = MakeCode(timeline_.random());
    offer->secret = CodeKey(number, code);
  } while (!by_secret_.emplace(offer->secret, offer).second);
  offer->code = WithDash(code);
  timeline_.After(options_.code_life, [this, offer] {
    if (offer->pairings == nullptr) return;
    End(offer);
    offer->listener->OnEnded("expired");
  });
  return std::make_unique<Handle>(std::move(offer));
}

void Pairings::MakeQr(Standing& offer) {
  ++offer.qrs_made;
  // As long as the real text, a reference and three keys, so that it looks the same in a QR code.
  offer.secret = "2@" + timeline_.random().Token(184);
}

void Pairings::ShowQr(const std::shared_ptr<Standing>& offer) {
  if (offer->pairings == nullptr) return;  // withdrawn, or taken up
  timeline_.After(options_.qr_life, [this, offer] { NextQr(offer); });
  offer->listener->OnQr(offer->secret, timeline_.Now() + options_.qr_life);
}

void Pairings::NextQr(const std::shared_ptr<Standing>& offer) {
  if (offer->pairings == nullptr) return;
  if (offer->qrs_made == options_.qr_count) {
    End(offer);
    offer->listener->OnEnded("expired");
    return;
  }
  by_secret_.erase(offer->secret);
  MakeQr(*offer);
  by_secret_.emplace(offer->secret, offer);
  ShowQr(offer);
}

std::shared_ptr<Pairings::Standing> Pairings::FindQr(std::string_view text) const {
  const auto found = text.starts_with("2@") ? by_secret_.find(text) : by_secret_.end();
  return found == by_secret_.end() ? nullptr : found->second;
}

std::shared_ptr<Pairings::Standing> Pairings::FindCode(std::string_view number,
                                                       std::string_view code) const {
  if (code.size() > 2 * kCodeLength) return nullptr;
  std::string plain;
  for (const char c : code)
    if (c != '-' && c != ' ') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const auto found = by_secret_.find(CodeKey(number, plain));
  return found == by_secret_.end() ? nullptr : found->second;
}

Profile Pairings::ProfileOf(const Standing& offer) { return offer.profile; }

void Pairings::TakeUp(const std::shared_ptr<Standing>& offer, const DeviceInfo& device) {
  End(offer);
  timeline_.Post([offer, device] {
    if (offer->listener != nullptr) offer->listener->OnPaired(device);
  });
}

void Pairings::End(const std::shared_ptr<Standing>& offer) {
  by_secret_.erase(offer->secret);
  offer->pairings = nullptr;
}

}  // namespace parley::sim::network
