#include "link/multidevice/polls.h"

#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint64_t kPollVersion = 1;
enum : std::uint32_t {
  kPollVersionField = 1,
  kPollIdField = 2,
  kSecretField = 3,
  kNumberField = 4,
  kLidField = 5,
  kOptionField = 6,
};

RecordName NameOf(std::string_view id) {
  const base::Digest digest = base::Sha256(id);
  const std::uint64_t place = (std::uint64_t{digest[0]} << 8 | digest[1]) % kMaxPolls;
  return RecordName(kPollSpace, std::to_string(place));
}

}  // namespace

std::string EncodePoll(const Poll& poll) {
  wire::binary::FieldWriter writer;
  writer.Number(kPollVersionField, kPollVersion).Bytes(kPollIdField, poll.id);
  writer.Bytes(kSecretField, poll.secret.view());
  writer.Bytes(kNumberField, poll.author.number).Bytes(kLidField, poll.author.lid);
  for (const std::string& option : poll.options) writer.Bytes(kOptionField, option);
  return writer.Take();
}

wire::Result<Poll> DecodePoll(std::string_view bytes) {
  Poll poll;
  bool known = false;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number == kPollVersionField) {
      known = field->value == kPollVersion;
      continue;
    }
    PARLEY_TRY(value, field->Bytes());
    if (field->number == kPollIdField) poll.id = value;
    if (field->number == kSecretField)
      if (const auto secret = MessageSecret::From(value)) poll.secret = *secret;
    if (field->number == kNumberField) poll.author.number = value;
    if (field->number == kLidField) poll.author.lid = value;
    if (field->number == kOptionField) poll.options.emplace_back(value);
  }
  if (!known) return wire::Fault{wire::FaultCode::kOldVersion, "A poll record of another version"};
  return poll;
}

MessageSecret OwnSecret(const Device& own, std::string_view message_id) {
  return SecretOf(own.identity.keys.private_key.bytes(), message_id);
}

void KeepPoll(Unit& unit, const Poll& poll) { unit.Put(NameOf(poll.id), EncodePoll(poll)); }

base::Task<base::Result<std::optional<Poll>>> Polls::Find(DevicePtr own, std::string id) {
  PARLEY_CO_TRY(kept, co_await ledger_.ReadOne(NameOf(id)));
  if (kept) {
    auto poll = DecodePoll(*kept);
    wire::crypto::Wipe(*kept);
    if (poll && poll->id == id) co_return std::optional(std::move(*poll));
  }
  const auto ours = core::MessageIdFrom(id);
  if (!ours || !own->pairing) co_return std::optional<Poll>();
  auto read = [account = account_, id = *ours](const core::Transaction& tx) {
    return tx.messages().FindById(account, id);
  };
  PARLEY_CO_TRY(found, co_await store_.Read(read));
  if (!found) co_return std::optional<Poll>();
  const auto* content = std::get_if<core::PollContent>(&found->message.content);
  if (content == nullptr || found->message.origin != core::Origin::kApi)
    co_return std::optional<Poll>();
  Poll poll;
  poll.secret = OwnSecret(*own, id);
  poll.id = std::move(id);
  poll.author = Both(WhoIs(own->pairing->number), WhoIs(own->pairing->lid));
  poll.options = content->options;
  co_return std::optional(std::move(poll));
}

}  // namespace parley::link::multidevice
