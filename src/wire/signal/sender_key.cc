#include "wire/signal/sender_key.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "wire/binary/protobuf.h"
#include "wire/crypto/aes.h"
#include "wire/crypto/derive.h"
#include "wire/crypto/xeddsa.h"
#include "wire/signal/cipher.h"

namespace parley::wire::signal {
namespace {

constexpr char kVersionByte = 0x33;
constexpr int kVersion = 3;
constexpr std::uint64_t kIds = std::uint64_t{1} << 31;  // ids are positive as Java counts

// Field numbers, of messages and of distribution messages.
enum : std::uint32_t { kId = 1, kIteration = 2, kCiphertext = 3 };
enum : std::uint32_t { kChainKey = 3, kSigningKey = 4 };

const Fault kIncomplete{FaultCode::kMalformed, "a message to a group without its fields"};
const Fault kNoKey{FaultCode::kNoSession, "no sender key"};

struct GroupKeys {
  crypto::AesIv iv;
  crypto::AesKey cipher_key;
};

GroupKeys GroupKeysOf(const Seed& seed) {
  const auto derived = crypto::Hkdf<48>(seed.view(), "", "WhisperGroup");
  GroupKeys keys{{}, derived.Part<16, 32>()};
  std::copy_n(derived.bytes().begin(), keys.iv.size(), keys.iv.begin());
  return keys;
}

Result<std::string_view> CutVersion(std::string_view bytes) {
  if (bytes.empty()) return Fault{FaultCode::kMalformed, "a message of no bytes"};
  if (static_cast<std::uint8_t>(bytes[0]) >> 4 != kVersion)
    return Fault{FaultCode::kOldVersion, "a message of another version"};
  return bytes.substr(1);
}

// Both kinds begin with two numbers; behind them are bytes.
struct Parts {
  std::optional<std::uint32_t> id, iteration;
  std::optional<std::string_view> third, fourth;
};

Result<Parts> ReadParts(std::string_view bytes) {
  Parts parts;
  binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number == kId || field->number == kIteration) {
      PARLEY_TRY(number, field->Number32());
      (field->number == kId ? parts.id : parts.iteration) = number;
    } else if (field->number == kCiphertext || field->number == kSigningKey) {
      PARLEY_TRY(inside, field->Bytes());
      (field->number == kCiphertext ? parts.third : parts.fourth) = inside;
    }
  }
  if (!parts.id || !parts.iteration || !parts.third) return kIncomplete;
  return parts;
}

bool IsOwn(const SenderKeys& record) {
  return !record.states.empty() && record.states.front().private_key;
}

void AddFirst(std::vector<SenderKey>& states, SenderKey state) {
  states.insert(states.begin(), std::move(state));
  if (states.size() > kMaxSenderKeys) states.pop_back();
}

// Those of the oldest key go first.
void DropOldestSeeds(SenderKeys& record) {
  std::size_t over = record.missing_seeds();
  over = over > kMaxGroupSeeds ? over - kMaxGroupSeeds : 0;
  for (auto state = record.states.rbegin(); state != record.states.rend(); ++state) {
    const std::size_t count = std::min(over, state->keys.missing.size());
    state->keys.DropOldest(count);
    over -= count;
  }
}

}  // namespace

std::size_t SenderKeys::missing_seeds() const {
  std::size_t count = 0;
  for (const SenderKey& state : states) count += state.keys.missing.size();
  return count;
}

void SenderKeys::Begin(base::Random& random) {
  SenderKey state;
  state.id = static_cast<std::uint32_t>(random.Below(kIds));
  random.Fill(state.keys.chain.key.bytes());
  const auto signing = crypto::KeyPair::Generate(random);
  state.signing_key = signing.public_key;
  state.private_key = signing.private_key;
  states.assign(1, std::move(state));  // nobody opens with one's own old keys
}

Result<std::string> MakeDistribution(const SenderKeys& record) {
  if (!IsOwn(record)) return kNoKey;
  const SenderKey& state = record.states.front();
  return kVersionByte + binary::FieldWriter()
                            .Number(kId, state.id)
                            .Number(kIteration, state.keys.chain.index)
                            .Bytes(kChainKey, state.keys.chain.key.view())
                            .Bytes(kSigningKey, state.signing_key.Typed())
                            .Take();
}

Result<void> LearnDistribution(SenderKeys& record, std::string_view bytes) {
  PARLEY_TRY(rest, CutVersion(bytes));
  PARLEY_TRY(parts, ReadParts(rest));
  const auto chain_key = crypto::Secret<32>::From(*parts.third);
  if (!chain_key || !parts.fourth) return kIncomplete;
  PARLEY_TRY(signing_key, crypto::PublicKey::FromTyped(*parts.fourth));

  SenderKey state;
  state.id = *parts.id;
  state.keys.chain = {*chain_key, *parts.iteration};
  state.keys.first = *parts.iteration;
  state.signing_key = signing_key;
  const auto same = std::find_if(record.states.begin(), record.states.end(),
                                 [&](const SenderKey& one) { return one.id == state.id; });
  if (same != record.states.end()) {
    // What was read with it must not be read again. So our chain stays where it is, unless it is so
    // far behind that it would never get to where the sender is.
    if (same->signing_key == signing_key) {
      const std::uint32_t ours = same->keys.chain.index, theirs = *parts.iteration;
      if (theirs > ours && theirs - ours > kMaxMissingInGroup) {
        state.keys.missing = std::move(same->keys.missing);
      } else {
        state = std::move(*same);
      }
    }
    record.states.erase(same);
  }
  AddFirst(record.states, std::move(state));
  return {};
}

Result<SealedForGroup> SealForGroup(SenderKeys& record, std::string_view plain,
                                    base::Random& random) {
  PARLEY_TRY(distribution, MakeDistribution(record));
  if (plain.size() > kMaxPlain) return Fault{FaultCode::kTooLarge, "a message longer than a frame"};
  SenderKey& state = record.states.front();
  ChainKey& chain = state.keys.chain;
  if (chain.index == std::numeric_limits<std::uint32_t>::max())
    return Fault{FaultCode::kInvalidState, "a chain that has counted to its end"};
  const GroupKeys keys = GroupKeysOf(chain.MessageSeed());
  const std::string bytes =
      kVersionByte + binary::FieldWriter()
                         .Number(kId, state.id)
                         .Number(kIteration, chain.index)
                         .Bytes(kCiphertext, crypto::CbcEncrypt(keys.cipher_key, keys.iv, plain))
                         .Take();
  chain = chain.Next();
  return SealedForGroup{bytes + crypto::Sign(*state.private_key, bytes, random),
                        std::move(distribution)};
}

Result<std::string> OpenFromGroup(SenderKeys& record, std::string_view bytes) {
  if (bytes.size() > kMaxMessage)
    return Fault{FaultCode::kTooLarge, "a message longer than a frame"};
  PARLEY_TRY(rest, CutVersion(bytes));
  if (rest.size() < crypto::kSignatureSize) return kIncomplete;
  PARLEY_TRY(parts, ReadParts(rest.substr(0, rest.size() - crypto::kSignatureSize)));
  const auto state = std::find_if(record.states.begin(), record.states.end(),
                                  [&](const SenderKey& one) { return one.id == *parts.id; });
  if (state == record.states.end()) return kNoKey;
  const std::string_view covered = bytes.substr(0, bytes.size() - crypto::kSignatureSize);
  PARLEY_CHECK(crypto::Verify(state->signing_key, covered, bytes.substr(covered.size())));
  PARLEY_TRY(reading, state->keys.Find(*parts.iteration, kMaxMissingInGroup));
  const GroupKeys keys = GroupKeysOf(reading.seed);
  PARLEY_TRY(plain, crypto::CbcDecrypt(keys.cipher_key, keys.iv, *parts.third));
  state->keys.Advance(reading);
  DropOldestSeeds(record);
  return std::move(plain);
}

}  // namespace parley::wire::signal
