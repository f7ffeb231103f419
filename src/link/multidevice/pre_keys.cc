#include "link/multidevice/pre_keys.h"

#include <utility>

#include "link/multidevice/device_record.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stanzas.h"
#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::FieldReader;
using wire::binary::FieldWriter;
using wire::binary::Node;
using wire::crypto::KeyPair;

constexpr std::size_t kKey = wire::crypto::PublicKey::kSize;
// Messages that were written before a signed key was replaced still need it.
constexpr std::uint32_t kSignedKeysKept = 3;

RecordName StateName() { return RecordName(kPreKeySpace, ""); }

Node Leaf(const char* tag, std::string bytes) {
  Node node(tag);
  node.content = wire::binary::Bytes{std::move(bytes)};
  return node;
}

Node KeyNode(const wire::signal::OneTimeKey& key) {
  Node node("key");
  Node::Children children;
  children.push_back(Leaf("id", BigEndian(key.id, 3)));
  children.push_back(Leaf("value", std::string(key.key.bytes())));
  node.content = std::move(children);
  return node;
}

Node SignedKeyNode(const wire::signal::SignedPreKey& key) {
  Node node("skey");
  Node::Children children;
  children.push_back(Leaf("id", BigEndian(key.id, 3)));
  children.push_back(Leaf("value", std::string(key.keys.public_key.bytes())));
  children.push_back(Leaf("signature", key.signature));
  node.content = std::move(children);
  return node;
}

Node UploadQuery(const Device& device, const std::vector<wire::signal::OneTimeKey>& keys) {
  Node::Children list;
  for (const wire::signal::OneTimeKey& key : keys) list.push_back(KeyNode(key));
  Node list_node("list");
  list_node.content = std::move(list);
  Node query = MakeQuery(QueryKind::kSet, "encrypt",
                         Leaf("registration", BigEndian(device.identity.registration_id, 4)));
  auto& children = std::get<Node::Children>(query.content);
  children.push_back(Leaf("type", BigEndian(wire::crypto::PublicKey::kType, 1)));
  children.push_back(Leaf("identity", std::string(device.identity.keys.public_key.bytes())));
  children.push_back(std::move(list_node));
  children.push_back(SignedKeyNode(device.signed_key));
  return query;
}

base::Result<void> CheckAnswer(const base::Result<Node>& answer) {
  if (!answer) return answer.error();
  if (const auto error = ErrorIn(*answer))
    return base::Error(base::ErrorCode::kUnavailable, "",
                       "the network refused keys: " + error->text);
  return {};
}

}  // namespace

std::string EncodeKeyState(const KeyState& state) {
  FieldWriter out;
  out.Number(1, state.next_id)
      .Number(2, state.uploaded ? 1 : 0)
      .Number(3, state.signed_id)
      .Number(4, static_cast<std::uint64_t>(base::ToUnixMs(state.signed_at)));
  return out.Take();
}

std::optional<KeyState> DecodeKeyState(std::string_view bytes) {
  KeyState state;
  FieldReader reader(bytes);
  while (true) {
    const auto field = reader.Next();
    if (!field) return std::nullopt;
    if (!*field) break;
    const std::uint64_t value = (*field)->value;
    if ((*field)->number == 1) state.next_id = static_cast<std::uint32_t>(value);
    if ((*field)->number == 2) state.uploaded = value != 0;
    if ((*field)->number == 3) state.signed_id = static_cast<std::uint32_t>(value);
    if ((*field)->number == 4) state.signed_at = base::FromUnixMs(static_cast<std::int64_t>(value));
  }
  if (state.next_id == 0 || state.next_id > kMaxKeyId) return std::nullopt;
  return state;
}

base::Task<base::Result<KeyState>> PreKeyStock::Load() {
  RecordName name = StateName();
  PARLEY_CO_TRY(bytes, co_await context_.records.GetOne(std::move(name)));
  if (!bytes) co_return KeyState();
  const auto state = DecodeKeyState(*bytes);
  if (!state)
    co_return base::Error(base::ErrorCode::kInternal, "", "the state of the keys is broken");
  co_return *state;
}

// Durable when it returns.
base::Task<base::Result<std::vector<wire::signal::OneTimeKey>>> PreKeyStock::MakeKeys(
    KeyState state, std::uint32_t count) {
  std::vector<wire::crypto::Secret<kKey>> chances(count);
  for (auto& chance : chances) context_.random.Fill(chance.bytes());
  // Some 25 us each: not on the network's thread.
  auto compute = [chances = std::move(chances)] {
    std::vector<KeyPair> pairs;
    pairs.reserve(chances.size());
    for (const auto& chance : chances)
      pairs.emplace_back(wire::crypto::PrivateKey::FromBytes(chance.view()).value());
    return pairs;
  };
  const auto pairs = co_await pool_.Run(context_.scheduler, std::move(compute));
  core::LinkWrites writes;
  std::vector<wire::signal::OneTimeKey> keys;
  for (const KeyPair& pair : pairs) {
    const std::uint32_t id = state.next_id;
    state.next_id = id == kMaxKeyId ? 1 : id + 1;
    keys.push_back(wire::signal::OneTimeKey{id, pair.public_key});
    std::string bytes = EncodeKeyPair(pair);
    writes.push_back(context_.records.Put(OneTimeKeyName(id), bytes));
    wire::crypto::Wipe(bytes);
  }
  writes.push_back(context_.records.Put(StateName(), EncodeKeyState(state)));
  std::vector<core::LinkReport> nothing;
  PARLEY_CO_CHECK(co_await context_.events.Report(std::move(nothing), std::move(writes)));
  co_return keys;
}

base::Task<base::Result<void>> PreKeyStock::Upload(std::shared_ptr<StanzaPort> port,
                                                   std::shared_ptr<const Device> device) {
  PARLEY_CO_TRY(state, co_await Load());
  const std::uint32_t count = state.uploaded ? kLaterKeys : first_upload_;
  PARLEY_CO_TRY(keys, co_await MakeKeys(state, count));
  auto answer = co_await port->Ask(UploadQuery(*device, keys), kConnectQueryLimit);
  PARLEY_CO_CHECK(CheckAnswer(answer));
  ++context_.counters.key_uploads;
  PARLEY_CO_TRY(now, co_await Load());
  now.uploaded = true;
  if (now.signed_id != device->signed_key.id) {
    now.signed_id = device->signed_key.id;
    if (now.signed_at == base::Time()) now.signed_at = context_.scheduler.Now();
  }
  core::LinkWrites writes;
  writes.push_back(context_.records.Put(StateName(), EncodeKeyState(now)));
  std::vector<core::LinkReport> nothing;
  co_return co_await context_.events.Report(std::move(nothing), std::move(writes));
}

base::Task<base::Result<void>> PreKeyStock::Replenish(std::shared_ptr<StanzaPort> port,
                                                      std::shared_ptr<const Device> device) {
  Node query = MakeQuery(QueryKind::kGet, "encrypt", Node("count"));
  auto answer = co_await port->Ask(std::move(query), kConnectQueryLimit);
  PARLEY_CO_CHECK(CheckAnswer(answer));
  const Node* count = answer->FindChild("count");
  const auto there = count == nullptr ? std::nullopt : NumberIn(*count, "value");
  if (there.value_or(0) >= kFewKeys) co_return base::Result<void>();
  co_return co_await Upload(std::move(port), std::move(device));
}

base::Task<base::Result<std::optional<Device>>> PreKeyStock::Renew(Device device) {
  PARLEY_CO_TRY(state, co_await Load());
  const base::Time now = context_.scheduler.Now();
  const bool is_due = state.signed_id == device.signed_key.id && state.signed_at != base::Time() &&
                      now - state.signed_at >= kSignedKeyAge;
  if (!is_due) co_return std::optional<Device>();
  const std::uint32_t id = device.signed_key.id == kMaxKeyId ? 1 : device.signed_key.id + 1;
  device.signed_key = wire::signal::MakeSignedPreKey(device.identity, id, context_.random);
  state.signed_at = now;  // signed_id is still the one that the network has
  core::LinkWrites writes;
  writes.push_back(context_.records.Put(SignedKeyName(id), EncodeKeyPair(device.signed_key.keys)));
  if (id > kSignedKeysKept) writes.push_back(Records::Drop(SignedKeyName(id - kSignedKeysKept)));
  writes.push_back(context_.records.Put(RecordName(kDeviceSpace, ""), EncodeDevice(device)));
  writes.push_back(context_.records.Put(StateName(), EncodeKeyState(state)));
  std::vector<core::LinkReport> nothing;
  PARLEY_CO_CHECK(co_await context_.events.Report(std::move(nothing), std::move(writes)));
  co_return std::optional<Device>(std::move(device));
}

base::Task<base::Result<void>> PreKeyStock::Rotate(std::shared_ptr<StanzaPort> port,
                                                   std::shared_ptr<const Device> device) {
  PARLEY_CO_TRY(state, co_await Load());
  if (!state.uploaded || state.signed_id == device->signed_key.id) co_return base::Result<void>();
  Node rotate("rotate");
  Node::Children children;
  children.push_back(SignedKeyNode(device->signed_key));
  rotate.content = std::move(children);
  Node query = MakeQuery(QueryKind::kSet, "encrypt", std::move(rotate));
  auto answer = co_await port->Ask(std::move(query), kConnectQueryLimit);
  PARLEY_CO_CHECK(CheckAnswer(answer));
  PARLEY_CO_TRY(confirmed, co_await Load());
  confirmed.signed_id = device->signed_key.id;
  core::LinkWrites writes;
  writes.push_back(context_.records.Put(StateName(), EncodeKeyState(confirmed)));
  std::vector<core::LinkReport> nothing;
  co_return co_await context_.events.Report(std::move(nothing), std::move(writes));
}

}  // namespace parley::link::multidevice
