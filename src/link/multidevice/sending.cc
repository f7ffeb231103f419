#include "link/multidevice/sending.h"

#include "base/log.h"
#include "core/messages/message_store.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

using Kind = core::SendRefused::Kind;

core::SendOutcome Refused(Kind kind, std::string code, std::string text) {
  core::SendRefused refused;
  refused.kind = kind;
  refused.failure.code = std::move(code);
  refused.failure.text = std::move(text);
  return refused;
}

core::SendOutcome NotConnected() {
  return Refused(Kind::kRetryable, "not_connected", "The channel is not connected");
}

// Why a message was not sealed: the store or the network does not answer, which passes.
core::SendOutcome Later(const base::Error& error) {
  if (error.code == base::ErrorCode::kUnavailable) return NotConnected();
  base::LogWarning("A message could not be prepared", {{"reason", error.detail}});
  return Refused(Kind::kRetryable, std::string(KindOf(error.code).name),
                 "The network did not tell how to reach the recipient");
}

struct AckError {
  std::uint64_t code;
  Kind kind;
  const char* text;
};
// The codes with which the network refuses a message. What is not here passes when it is 500 or
// more, and never else.
constexpr AckError kAckErrors[] = {
    {429, Kind::kRetryable, "The network wants fewer messages"},
    {463, Kind::kPermanent,
     "The network does not let the account write to people it does not know"},
    {479, Kind::kRetryable, "The recipient's devices have changed"},
};

}  // namespace

std::optional<core::SendRefused> RefusalIn(const Node& ack) {
  const auto code = NumberIn(ack, "error");
  if (!code || *code == 0) return std::nullopt;
  core::SendRefused refused;
  refused.kind = *code >= 500 ? Kind::kRetryable : Kind::kPermanent;
  refused.failure.code = std::to_string(*code);
  refused.failure.text = "The network refused the message";
  for (const AckError& row : kAckErrors)
    if (row.code == *code) {
      refused.kind = row.kind;
      refused.failure.text = row.text;
    }
  return refused;
}

Node EncOf(const wire::signal::Sealed& sealed, const Written& written, std::uint32_t attempt) {
  const bool starts = sealed.type == wire::signal::MessageType::kPreKeyMessage;
  Node enc("enc", {{"v", "2"}, {"type", starts ? "pkmsg" : "msg"}}, Bytes{sealed.bytes});
  if (!written.media_type.empty())
    enc.attributes.push_back(Attribute{"mediatype", written.media_type});
  if (written.silent) enc.attributes.push_back(Attribute{"decrypt-fail", "hide"});
  if (attempt != 0) enc.attributes.push_back(Attribute{"count", std::to_string(attempt)});
  return enc;
}

void AddCompanions(Node& message, const Written& written, bool starts_session, const Pairing& own) {
  auto& children = std::get<Node::Children>(message.content);
  if (starts_session) children.push_back(Node("device-identity", {}, Bytes{own.signed_identity}));
  if (!written.poll_type.empty())
    children.push_back(Node("meta", {{"polltype", written.poll_type}}));
}

Node StanzaOf(const Written& written, const std::string& id, const Who& to,
              const SealedMessage& sealed, const Pairing& own) {
  Node::Children recipients;
  for (const SealedFor& one : sealed.devices) {
    Node::Children enc;
    enc.push_back(EncOf(one.sealed, written, 0));
    recipients.push_back(Node("to", {{"jid", one.device.Text()}}, std::move(enc)));
  }
  Node::Children children;
  children.push_back(Node("participants", {}, std::move(recipients)));
  Node message("message", {{"id", id}, {"to", to.jid().Text()}, {"type", written.type}},
               std::move(children));
  if (to.complete())
    message.attributes.push_back(
        Attribute{"peer_recipient_pn", Jid(to.number, JidServer::kUser).Text()});
  if (!written.edit.empty()) message.attributes.push_back(Attribute{"edit", written.edit});
  AddCompanions(message, written, sealed.starts_session, own);
  return message;
}

base::Task<base::Result<Written>> Sending::Write(Online online, core::OutgoingMessage message,
                                                 Who to) {
  Writing writing(online.own(), to.jid(), parts_.scheduler.Now(), parts_.random);
  if (core::KindOf(message.content) == core::ContentKind::kPoll)
    writing.secret = OwnSecret(*online.device, message.link_id);
  if (message.quoted) {
    PARLEY_CO_TRY(quoted, co_await FindQuoted(message.id));
    writing.quoted = std::move(quoted);
  }
  if (core::KindOf(message.content) == core::ContentKind::kVote && message.target) {
    PARLEY_CO_TRY(poll, co_await parts_.polls.Find(online.device, message.target->link_id));
    if (poll) {
      writing.poll_secret = poll->secret;
      writing.poll_author = poll->author;
    }
  }
  co_return MessageOf(message, writing);
}

// Of the message that this one answers. What was revoked is not shown again.
base::Task<base::Result<std::optional<core::Content>>> Sending::FindQuoted(core::MessageId answer) {
  using Found = std::optional<core::Content>;
  auto read = [account = parts_.channel.account,
               answer](const core::Transaction& tx) -> base::Result<Found> {
    PARLEY_TRY(found, tx.messages().FindById(account, answer));
    if (!found || !found->message.quoted) return Found();
    PARLEY_TRY(quoted, tx.messages().FindById(account, *found->message.quoted));
    if (!quoted || quoted->message.status == core::MessageStatus::kDeleted) return Found();
    return Found(std::move(quoted->message.content));
  };
  co_return co_await parts_.store.Read(std::move(read));
}

base::Task<core::SendOutcome> Sending::Send(Online online, core::OutgoingMessage message) {
  if (!online) co_return NotConnected();
  const std::string id = message.link_id;
  std::vector<Who> people;
  people.push_back(WhoIs(message.to));
  if (people.front().empty())
    co_return Refused(Kind::kPermanent, "unsupported", "This link only writes to people yet");
  const bool to_self = IsOwn(online.own(), people.front());
  people.push_back(Both(WhoIs(online.own().lid), WhoIs(online.own().number)));
  if (to_self) people.erase(people.begin());
  auto lists = co_await parts_.lists.Of(online.port, std::move(people));
  if (!lists) co_return Later(lists.error());
  const Who to = lists->front().who;
  if (lists->front().devices.empty())
    co_return Refused(Kind::kPermanent, "not_on_network", "The number is not on WhatsApp");

  auto written = co_await Write(online, std::move(message), to);
  if (!written && base::IsTransient(written.error().code)) co_return Later(written.error());
  if (!written)
    co_return Refused(Kind::kPermanent, std::string(KindOf(written.error().code).name),
                      std::string(written.error().public_text()));
  const auto plain = std::make_shared<const std::string>(written->message.SerializeAsString());
  const auto copy =
      std::make_shared<const std::string>(CopyFor(written->message, to.jid()).SerializeAsString());
  std::vector<Addressee> addressees;
  for (const PersonDevices& person : *lists) {
    const bool own = IsOwn(online.own(), person.who);
    for (const Jid& device : person.devices)
      if (!IsOwnDevice(online.own(), device)) addressees.emplace_back(device, own ? copy : plain);
  }
  const std::size_t asked = addressees.size();
  auto sealed = co_await parts_.sessions.Seal(online.port, online.device, std::move(addressees));
  if (!sealed) co_return Later(sealed.error());
  bool reaches = to_self;
  for (const SealedFor& one : sealed->devices) reaches |= !IsOwn(online.own(), one.device);
  if (sealed->devices.size() < asked)
    base::LogInfo("The network has no keys of some devices",
                  {{"devices", asked}, {"sealed", sealed->devices.size()}});
  Node stanza = StanzaOf(*written, id, to, *sealed, online.own());
  auto token = co_await parts_.tokens.Of(to);
  if (token && *token)
    std::get<Node::Children>(stanza.content).push_back(Node("tctoken", {}, Bytes{**token}));
  const auto durable = co_await parts_.ledger.Durable(sealed->staged);
  if (!durable) co_return Later(durable.error());
  if (!reaches) {
    co_await Forget(to);
    co_return Refused(Kind::kRetryable, "no_keys",
                      "The network has no keys of the recipient's devices");
  }
  co_return co_await Transmit(std::move(online), std::move(stanza), id, to);
}

base::Task<core::SendOutcome> Sending::Transmit(Online online, Node stanza, std::string id,
                                                Who to) {
  auto waiting = std::make_shared<Waiting>(parts_.scheduler);
  waiting_[id] = waiting;
  const auto sent = co_await online.port->Send(std::move(stanza));
  const base::Microseconds end = parts_.scheduler.Monotonic() + kAckLimit;
  while (sent && !waiting->ack && !waiting->closed) {
    const auto left = std::chrono::ceil<base::Duration>(end - parts_.scheduler.Monotonic());
    if (left.count() <= 0) break;
    co_await waiting->answered.WaitFor(left);
  }
  if (const auto entry = waiting_.find(id); entry != waiting_.end() && entry->second == waiting)
    waiting_.erase(entry);
  if (!waiting->ack) {
    if (!sent) co_return NotConnected();
    co_return Refused(Kind::kAmbiguous, "no_answer", "The network did not answer");
  }
  const Node& ack = *waiting->ack;
  auto refused = RefusalIn(ack);
  // The network knows of other devices than we do.
  if (ack.Find("phash") || (refused && refused->failure.code == "479")) co_await Forget(to);
  if (refused) co_return std::move(*refused);
  beside_.Spawn("own token", GiveOwnToken(online, to));
  core::SendAccepted accepted;
  accepted.at = TimeIn(ack, "t", parts_.scheduler.Now());
  co_return accepted;
}

base::Task<> Sending::Forget(Who who) {
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  Unit unit;
  DeviceLists::Forget(unit, who);
  (void)parts_.ledger.Stage(turn, std::move(unit));
}

// Whom the account writes to may write back, once a week anew.
base::Task<> Sending::GiveOwnToken(Online online, Who to) {
  const auto due = co_await parts_.tokens.IsOwnDue(to);
  if (due && *due && !IsOwn(online.own(), to)) {
    Node give = GiveToken(to.jid(), parts_.scheduler.Now());
    const auto answer = co_await online.port->Ask(std::move(give), kQueryLimit);
    if (answer && answer->Find("type") != "error") {
      Ledger::Turn turn = co_await parts_.ledger.Enter();
      Unit unit;
      const auto noted = co_await parts_.tokens.NoteOwnGiven(unit, to);
      if (noted) (void)parts_.ledger.Stage(turn, std::move(unit));
    }
  }
}

void Sending::OnAck(const Node& ack) {
  const auto found = waiting_.find(std::string(ack.Find("id").value_or("")));
  if (found == waiting_.end()) return;  // of a message that was asked for again
  found->second->ack = ack;
  found->second->answered.Notify();
}

void Sending::OnClosed() {
  for (auto& [id, waiting] : waiting_) {
    waiting->closed = true;
    waiting->answered.Notify();
  }
}

}  // namespace parley::link::multidevice
