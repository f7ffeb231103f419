#include "link/multidevice/addresses.h"

namespace parley::link::multidevice {

bool IsPerson(const Jid& jid) {
  if (jid.user.empty() || jid.agent != 0) return false;
  switch (jid.server) {
    case JidServer::kUser:
    case JidServer::kLegacyUser:
    case JidServer::kLid:
    case JidServer::kHosted:
    case JidServer::kHostedLid:
      return true;
    case JidServer::kGroup:
    case JidServer::kBroadcast:
    case JidServer::kNewsletter:
    case JidServer::kBot:
    case JidServer::kMessenger:
    case JidServer::kInterop:
    case JidServer::kCall:
      return false;
  }
  return false;
}

bool IsLid(const Jid& jid) {
  return jid.server == JidServer::kLid || jid.server == JidServer::kHostedLid;
}

Jid Plain(const Jid& jid) {
  Jid plain = jid;
  if (jid.server == JidServer::kHosted || jid.server == JidServer::kLegacyUser)
    plain.server = JidServer::kUser;
  if (jid.server == JidServer::kHostedLid) plain.server = JidServer::kLid;
  return plain;
}

Jid AccountOf(const Jid& jid) { return Plain(jid).WithoutDevice(); }

Jid Who::jid() const {
  return lid.empty() ? Jid(number, JidServer::kUser) : Jid(lid, JidServer::kLid);
}

Who WhoIs(const Jid& jid) {
  Who who;
  if (!IsPerson(jid)) return who;
  (IsLid(jid) ? who.lid : who.number) = jid.user;
  return who;
}

Who WhoIs(const core::Address& address) {
  Who who;
  if (address.kind == core::AddressKind::kPhone) who.number = address.value;
  if (address.kind == core::AddressKind::kLid) who.lid = address.value;
  return who;
}

Who WhoIs(const core::Peer& peer) { return Who{peer.phone, peer.lid}; }

Who Both(Who one, const Who& other) {
  if (one.number.empty()) one.number = other.number;
  if (one.lid.empty()) one.lid = other.lid;
  return one;
}

core::Peer PeerOf(const Who& who) {
  core::Peer peer;
  peer.phone = who.number;
  peer.lid = who.lid;
  return peer;
}

bool IsOwn(const Pairing& own, const Jid& jid) { return IsOwn(own, WhoIs(jid)); }

bool IsOwn(const Pairing& own, const Who& who) {
  return (!who.number.empty() && who.number == own.number.user) ||
         (!who.lid.empty() && who.lid == own.lid.user);
}

bool IsOwnDevice(const Pairing& own, const Jid& jid) {
  return IsOwn(own, jid) && jid.device == own.number.device;
}

}  // namespace parley::link::multidevice
