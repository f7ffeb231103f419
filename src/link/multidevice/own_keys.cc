#include "link/multidevice/own_keys.h"

#include "link/multidevice/key_records.h"

namespace parley::link::multidevice {
namespace {

using wire::crypto::KeyPair;

std::optional<KeyPair> Find(const std::map<std::uint32_t, KeyPair>& keys, std::uint32_t id) {
  const auto found = keys.find(id);
  if (found == keys.end()) return std::nullopt;
  return found->second;
}

}  // namespace

std::optional<KeyPair> OwnKeys::FindOneTime(std::uint32_t id) const { return Find(one_time, id); }
std::optional<KeyPair> OwnKeys::FindSigned(std::uint32_t id) const { return Find(signed_keys, id); }

base::Task<base::Result<OwnKeys>> FindOwnKeys(Ledger& ledger, DevicePtr own, std::string message) {
  OwnKeys keys;
  const auto read = wire::signal::ReadPreKeyMessage(message);
  if (!read) co_return std::move(keys);
  keys.signed_keys.emplace(own->signed_key.id, own->signed_key.keys);
  std::vector<RecordName> names;
  names.push_back(SignedKeyName(read->signed_id));
  if (read->one_time_id) names.push_back(OneTimeKeyName(*read->one_time_id));
  PARLEY_CO_TRY(found, co_await ledger.Read(std::move(names)));
  if (found[0])
    if (const auto pair = DecodeKeyPair(*found[0]))
      keys.signed_keys.emplace(read->signed_id, *pair);
  if (read->one_time_id && found[1])
    if (const auto pair = DecodeKeyPair(*found[1]))
      keys.one_time.emplace(*read->one_time_id, *pair);
  co_return std::move(keys);
}

}  // namespace parley::link::multidevice
