#include "link/multidevice/message_secret.h"

#include <algorithm>

#include "base/digest.h"
#include "wire/crypto/aes.h"
#include "wire/crypto/derive.h"

namespace parley::link::multidevice {
namespace {

using wire::crypto::AesKey;
using wire::crypto::GcmNonce;

constexpr std::string_view kVote = "Poll Vote";

AesKey KeyOf(const MessageSecret& secret, std::string_view id, const std::string& author,
             const std::string& voter) {
  std::string info(id);
  info.append(author).append(voter).append(kVote);
  return wire::crypto::Hkdf<32>(secret.view(), "", info);
}

std::string Associated(std::string_view id, const std::string& voter) {
  std::string data(id);
  data += '\0';
  return data + voter;
}

std::vector<std::string> SpellingsOf(const Who& who) {
  std::vector<std::string> spellings;
  if (!who.lid.empty()) spellings.push_back(Jid(who.lid, JidServer::kLid).Text());
  if (!who.number.empty()) spellings.push_back(Jid(who.number, JidServer::kUser).Text());
  return spellings;
}

}  // namespace

MessageSecret SecretOf(std::string_view key, std::string_view message_id) {
  return *MessageSecret::From(
      base::AsText(base::HmacSha256(key, "message secret " + std::string(message_id))));
}

SealedBySecret SealVote(const MessageSecret& secret, std::string_view id, const Jid& author,
                        const Jid& voter, std::string_view plain, base::Random& random) {
  GcmNonce nonce;
  random.Fill(nonce);
  const AesKey key = KeyOf(secret, id, author.Text(), voter.Text());
  SealedBySecret sealed;
  sealed.payload = wire::crypto::GcmSeal(key, nonce, Associated(id, voter.Text()), plain);
  sealed.nonce.assign(nonce.begin(), nonce.end());
  return sealed;
}

wire::Result<std::string> OpenVote(const MessageSecret& secret, std::string_view id,
                                   const Who& author, const Who& voter,
                                   const SealedBySecret& sealed) {
  GcmNonce nonce;
  if (sealed.nonce.size() != nonce.size())
    return wire::Fault{wire::FaultCode::kMalformed, "The nonce of a vote has another length"};
  std::copy(sealed.nonce.begin(), sealed.nonce.end(), nonce.begin());
  for (const std::string& from : SpellingsOf(author))
    for (const std::string& by : SpellingsOf(voter)) {
      auto plain = wire::crypto::GcmOpen(KeyOf(secret, id, from, by), nonce, Associated(id, by),
                                         sealed.payload);
      if (plain) return plain;
    }
  return wire::Fault{wire::FaultCode::kWrongMac, "A vote was not sealed with its poll's secret"};
}

std::string HashOfOption(std::string_view option) {
  return std::string(base::AsText(base::Sha256(option)));
}

}  // namespace parley::link::multidevice
