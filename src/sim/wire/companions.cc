#include "sim/wire/companions.h"

#include <charconv>

#include "wire/binary/protobuf.h"

namespace parley::sim::wire {
namespace {

constexpr std::string_view kPrefix = "companion/", kKeysPrefix = "keys/", kUsedPrefix = "used/";
constexpr std::size_t kOneTimeSize = 3 + crypto::PublicKey::kSize;
constexpr std::uint16_t kMaxDevice = 255;

std::string CompanionKey(std::string_view prefix, std::string_view id) {
  return std::string(prefix) + std::string(id);
}

std::string Encode(const Companion& companion) {
  binary::FieldWriter out;
  out.Bytes(1, companion.id)
      .Bytes(2, companion.number)
      .Number(3, companion.device)
      .Number(4, companion.key_index)
      .Bytes(5, companion.noise.bytes())
      .Bytes(6, companion.identity.bytes())
      .Number(7, companion.registration_id)
      .Number(8, companion.signed_id)
      .Bytes(9, companion.signed_key.bytes())
      .Bytes(10, companion.signed_key_signature)
      .Bytes(11, companion.signed_identity)
      .Number(12, companion.is_introduced ? 1 : 0);
  return out.Take();
}

parley::wire::Result<Companion> Decode(std::string_view bytes) {
  Companion companion;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return companion;
    const auto text = [&]() -> parley::wire::Result<std::string> {
      PARLEY_TRY(part, field->Bytes());
      return std::string(part);
    };
    const auto key = [&]() -> parley::wire::Result<crypto::PublicKey> {
      PARLEY_TRY(part, field->Bytes());
      return crypto::PublicKey::FromBytes(part);
    };
    switch (field->number) {
      case 1: {
        PARLEY_TRY(id, text());
        companion.id = id;
        break;
      }
      case 2: {
        PARLEY_TRY(number, text());
        companion.number = number;
        break;
      }
      case 3: {
        PARLEY_TRY(device, field->Number32());
        companion.device = static_cast<std::uint16_t>(device);
        break;
      }
      case 4: {
        PARLEY_TRY(index, field->Number32());
        companion.key_index = index;
        break;
      }
      case 5: {
        PARLEY_TRY(noise, key());
        companion.noise = noise;
        break;
      }
      case 6: {
        PARLEY_TRY(identity, key());
        companion.identity = identity;
        break;
      }
      case 7: {
        PARLEY_TRY(registration, field->Number32());
        companion.registration_id = registration;
        break;
      }
      case 8: {
        PARLEY_TRY(signed_id, field->Number32());
        companion.signed_id = signed_id;
        break;
      }
      case 9: {
        PARLEY_TRY(signed_key, key());
        companion.signed_key = signed_key;
        break;
      }
      case 10: {
        PARLEY_TRY(signature, text());
        companion.signed_key_signature = signature;
        break;
      }
      case 11: {
        PARLEY_TRY(signed_identity, text());
        companion.signed_identity = signed_identity;
        break;
      }
      case 12: {
        PARLEY_TRY(introduced, field->Number());
        companion.is_introduced = introduced != 0;
        break;
      }
      default:
        break;
    }
  }
}

signal::OneTimeKey KeyAt(std::string_view packed, std::size_t index) {
  const std::string_view one = packed.substr(index * kOneTimeSize, kOneTimeSize);
  signal::OneTimeKey key;
  for (std::size_t i = 0; i < 3; ++i) key.id = key.id << 8 | static_cast<std::uint8_t>(one[i]);
  key.key = *crypto::PublicKey::FromBytes(one.substr(3));
  return key;
}

}  // namespace

Companions::Companions(net::Keep& keep, const net::Network& network) : keep_(keep) {
  std::vector<std::string> gone;
  keep_.Visit(kPrefix, [&](std::string_view name, std::string_view value) {
    auto companion = Decode(value);
    const std::string id(name.substr(kPrefix.size()));
    if (!companion || companion->id != id || !network.FindDevice(id)) {
      gone.push_back(id);
      return;
    }
    ids_.emplace(std::pair(companion->number, companion->device), id);
    by_id_.emplace(id, std::move(*companion));
    Stock& stock = stocks_[id];
    if (const std::string* keys = keep_.Find(CompanionKey(kKeysPrefix, id))) stock.keys = *keys;
    if (const std::string* used = keep_.Find(CompanionKey(kUsedPrefix, id)))
      std::from_chars(used->data(), used->data() + used->size(), stock.used);
    stock.keys.resize(stock.keys.size() / kOneTimeSize * kOneTimeSize);
    stock.used = std::min(stock.used, stock.keys.size() / kOneTimeSize);
  });
  for (const std::string& id : gone) Remove(id);
}

const Companion* Companions::Find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &found->second;
}

const Companion* Companions::Find(std::string_view number, std::uint16_t device) const {
  const auto found = ids_.find(std::pair(std::string(number), device));
  return found == ids_.end() ? nullptr : Find(found->second);
}

std::vector<const Companion*> Companions::Of(std::string_view number) const {
  std::vector<const Companion*> found;
  for (auto next = ids_.lower_bound(std::pair(std::string(number), std::uint16_t{0}));
       next != ids_.end() && next->first.first == number; ++next)
    found.push_back(Find(next->second));
  return found;
}

std::optional<std::uint16_t> Companions::TakeDevice(std::string_view number) {
  // A number that was another device's is taken as late as possible: others may still know that
  // one.
  const std::string name = CompanionKey("device/", number);
  std::uint16_t last = 0;
  if (const std::string* kept = keep_.Find(name))
    std::from_chars(kept->data(), kept->data() + kept->size(), last);
  for (int i = 1; i <= kMaxDevice; ++i) {
    const auto device = static_cast<std::uint16_t>((last + i - 1) % kMaxDevice + 1);
    if (Find(number, device) != nullptr) continue;
    keep_.Set(name, std::to_string(device));
    return device;
  }
  return std::nullopt;
}

void Companions::Put(Companion companion) {
  keep_.Set(CompanionKey(kPrefix, companion.id), Encode(companion));
  ids_.insert_or_assign(std::pair(companion.number, companion.device), companion.id);
  std::string id = companion.id;
  by_id_.insert_or_assign(std::move(id), std::move(companion));
}

void Companions::Remove(std::string id) {
  if (const Companion* companion = Find(id)) {
    ids_.erase(std::pair(companion->number, companion->device));
    by_id_.erase(by_id_.find(id));
  }
  if (const auto stock = stocks_.find(id); stock != stocks_.end()) stocks_.erase(stock);
  for (const std::string_view prefix : {kPrefix, kKeysPrefix, kUsedPrefix})
    if (keep_.Find(CompanionKey(prefix, id)) != nullptr) keep_.Set(CompanionKey(prefix, id), "");
}

void Companions::KeepStock(std::string_view id, const Stock& stock, bool keys_too) {
  if (keys_too) keep_.Set(CompanionKey(kKeysPrefix, id), stock.keys);
  keep_.Set(CompanionKey(kUsedPrefix, id), std::to_string(stock.used));
}

std::size_t Companions::CountOneTimeKeys(std::string_view id) const {
  const auto stock = stocks_.find(id);
  if (stock == stocks_.end()) return 0;
  return stock->second.keys.size() / kOneTimeSize - stock->second.used;
}

bool Companions::AddOneTimeKeys(std::string_view id, const std::vector<signal::OneTimeKey>& keys) {
  if (CountOneTimeKeys(id) + keys.size() > kMaxOneTimeKeys) return false;
  Stock& stock = stocks_[std::string(id)];
  stock.keys.erase(0, std::exchange(stock.used, 0) * kOneTimeSize);
  for (const signal::OneTimeKey& key : keys) {
    for (int shift = 16; shift >= 0; shift -= 8)
      stock.keys += static_cast<char>(key.id >> shift & 0xff);
    stock.keys += key.key.bytes();
  }
  KeepStock(id, stock, true);
  return true;
}

std::vector<std::uint32_t> Companions::OneTimeKeyIds(std::string_view id) const {
  std::vector<std::uint32_t> ids;
  const auto stock = stocks_.find(id);
  if (stock == stocks_.end()) return ids;
  for (std::size_t i = stock->second.used; i < stock->second.keys.size() / kOneTimeSize; ++i)
    ids.push_back(KeyAt(stock->second.keys, i).id);
  return ids;
}

void Companions::DropOneTimeKeys(std::string_view id) {
  const auto stock = stocks_.find(id);
  if (stock == stocks_.end()) return;
  stock->second.used = stock->second.keys.size() / kOneTimeSize;
  KeepStock(id, stock->second, false);
}

signal::Bundle Companions::TakeBundle(const Companion& companion) {
  signal::Bundle bundle;
  bundle.registration_id = companion.registration_id;
  bundle.identity = companion.identity;
  bundle.signed_id = companion.signed_id;
  bundle.signed_key = companion.signed_key;
  bundle.signature = companion.signed_key_signature;
  if (CountOneTimeKeys(companion.id) == 0) return bundle;
  Stock& stock = stocks_.find(companion.id)->second;
  bundle.one_time = KeyAt(stock.keys, stock.used++);
  KeepStock(companion.id, stock, false);
  return bundle;
}

}  // namespace parley::sim::wire
