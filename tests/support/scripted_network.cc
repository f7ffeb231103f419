#include "tests/support/scripted_network.h"

#include <gtest/gtest.h>

#include <utility>

#include "wire/binary/codec.h"
#include "wire/noise/certificate.h"

namespace parley::testing {
namespace {

using wire::binary::Attribute;
using wire::binary::Node;
using wire::crypto::KeyPair;

// A chain from that root for the static key, good for ten years around now.
std::string MakeChain(const KeyPair& root, const wire::crypto::PublicKey& static_key,
                      base::Time now, base::Random& random) {
  constexpr std::uint64_t kYears = 5ULL * 365 * 24 * 3600;
  const auto seconds = static_cast<std::uint64_t>(base::ToUnixSeconds(now));
  const auto intermediate = KeyPair::Generate(random);
  wire::noise::CertificateDetails details;
  details.not_before = seconds - kYears;
  details.not_after = seconds + kYears;
  details.serial = 7;
  details.issuer_serial = wire::noise::kRootSerial;
  details.key = intermediate.public_key;
  const auto upper = wire::noise::Issue(root.private_key, details, random);
  details.serial = 8;
  details.issuer_serial = 7;
  details.key = static_key;
  const auto leaf = wire::noise::Issue(intermediate.private_key, details, random);
  return wire::noise::EncodeChain(leaf, upper);
}

bool Fits(const Node& stanza, std::string_view tag, std::string_view child) {
  return stanza.tag == tag && (child.empty() || stanza.FindChild(child) != nullptr);
}

base::Error Ended() { return base::Error(base::ErrorCode::kUnavailable, "The WebSocket ended"); }

}  // namespace

// The client's end.
class ScriptedSocket final : public http::WebSocket {
 public:
  explicit ScriptedSocket(std::shared_ptr<Visit> visit) : visit_(std::move(visit)) {}
  ~ScriptedSocket() override { visit_->Leave(); }

  base::Task<base::Result<std::string>> Read() override {
    const auto visit = visit_;
    while (visit->to_client_.empty()) {
      if (visit->closed_) co_return Ended();
      co_await visit->changed_.Wait();
    }
    std::string message = std::move(visit->to_client_.front());
    visit->to_client_.pop_front();
    if (visit->bound_ && message.size() > *visit->bound_) {
      visit->Leave();
      co_return base::ErrorCode::kBodyTooLarge;
    }
    co_return message;
  }
  base::Task<base::Result<void>> Write(std::string message) override {
    if (visit_->closed_) co_return Ended();
    visit_->Take(message);
    co_return base::Result<void>();
  }
  void BoundMessages(std::size_t bytes) override { visit_->bound_ = bytes; }
  void Close() override { visit_->Leave(); }

 private:
  const std::shared_ptr<Visit> visit_;
};

Visit::Visit(ScriptedNetwork& network, http::WebSocketRequest request)
    : network_(network),
      request_(std::move(request)),
      handshake_(
          KeyPair::Generate(network.random_), network.static_key_,
          MakeChain(network.is_impostor ? network.other_root_ : network.root_,
                    network.static_key_.public_key, network.scheduler_.Now(), network.random_)),
      changed_(network.scheduler_) {}

void Visit::Take(std::string_view bytes) {
  if (opening_.empty()) opening_ = bytes;
  frames_.Add(bytes);
  while (true) {
    auto frame = frames_.Next();
    if (!frame) return Leave();
    if (!*frame) return;
    TakeFrame(**frame);
  }
}

void Visit::TakeFrame(const std::string& frame) {
  if (network_.mood == ScriptedNetwork::Mood::kSilent) return;
  if (!answered_) {
    answered_ = true;
    auto hello = handshake_.Answer(frame);
    if (!hello) return Leave();
    return Give(wire::noise::MakeFrame(*hello).value());
  }
  if (!transport_) {
    auto accepted = handshake_.Accept(frame);
    if (!accepted) return Leave();
    payload_ = accepted->payload;
    noise_ = accepted->client;
    transport_.emplace(std::move(accepted->transport));
    frames_.AllowLongFrames();
    return;
  }
  const auto bytes = transport_->Open(frame);
  if (!bytes) return Leave();
  auto stanza = wire::binary::DecodeNode(*bytes);
  ASSERT_TRUE(stanza) << stanza.error().what;
  heard.push_back(*stanza);
  const auto id = stanza->Find("id");
  if (silent_ || !network_.answer || stanza->tag != "iq" || !id) return;
  if (auto answer = network_.answer(*stanza)) {
    answer->attributes.push_back(Attribute{"id", std::string(*id)});
    Say(*answer);
  }
}

void Visit::Say(const Node& stanza) {
  ASSERT_TRUE(transport_) << "nothing can be said before the handshake";
  const auto bytes = wire::binary::EncodeNode(stanza);
  ASSERT_TRUE(bytes) << bytes.error().what;
  Give(wire::noise::MakeFrame(transport_->Seal(*bytes).value()).value());
}

void Visit::SayBytes(std::string bytes) { Give(std::move(bytes)); }

void Visit::Give(std::string bytes) {
  to_client_.push_back(std::move(bytes));
  changed_.Notify();
}

void Visit::Leave() {
  if (closed_) return;
  closed_ = true;
  changed_.Notify();
}

const Node* Visit::Heard(std::string_view tag, std::string_view child) const {
  for (const Node& stanza : heard)
    if (Fits(stanza, tag, child)) return &stanza;
  return nullptr;
}

int Visit::CountHeard(std::string_view tag, std::string_view child) const {
  int count = 0;
  for (const Node& stanza : heard) count += Fits(stanza, tag, child) ? 1 : 0;
  return count;
}

ScriptedNetwork::ScriptedNetwork(base::Scheduler& scheduler, base::Random& random)
    : scheduler_(scheduler),
      random_(random),
      root_(KeyPair::Generate(random)),
      other_root_(KeyPair::Generate(random)),
      static_key_(KeyPair::Generate(random)) {}

// Who reads holds its visit, which holds who reads.
ScriptedNetwork::~ScriptedNetwork() {
  for (const auto& visit : visits) visit->Leave();
}

base::Task<base::Result<std::unique_ptr<http::WebSocket>>> ScriptedNetwork::Open(
    http::WebSocketRequest request) {
  if (mood == Mood::kClosed)
    co_return base::Error(base::ErrorCode::kUnavailable, "No connection to the network");
  const std::shared_ptr<Visit> visit(new Visit(*this, std::move(request)));
  visits.push_back(visit);
  co_return std::make_unique<ScriptedSocket>(visit);
}

Node ResultWith(std::optional<Node> child) {
  Node answer("iq");
  answer.attributes.push_back(Attribute{"from", "s.whatsapp.net"});
  answer.attributes.push_back(Attribute{"type", "result"});
  if (child) {
    Node::Children children;
    children.push_back(std::move(*child));
    answer.content = std::move(children);
  }
  return answer;
}

}  // namespace parley::testing
