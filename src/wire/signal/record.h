// The sessions with one address: the current one and archived ones. What is stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/crypto/fault.h"
#include "wire/signal/session.h"

namespace parley::wire::signal {

inline constexpr std::size_t kMaxArchived = 40;
inline constexpr std::size_t kMaxRecordSeeds = 6000;

struct Record {
  std::optional<Session> current;
  std::vector<Session> archived;  // newest first

  // Makes it the current session and archives the one before; drops the oldest over the bounds.
  void Begin(Session session);
  // Makes one of the sessions of this record the current one.
  void Promote(const Session& session);
  // Nobody sends in the current session any more: the device is gone, or is not what it was.
  void ArchiveCurrent();
  // Drops every session with that identity of theirs: it is not the device's any more. Without this
  // they are passed over (cipher.h), and kept.
  void Forget(const crypto::PublicKey& identity);
  // The session that was started with that base key by that identity, with us as we are; null when
  // there is none.
  Session* Find(const crypto::PublicKey& base_key, const crypto::PublicKey& identity,
                const crypto::PublicKey& own);
};

// A record as bytes, and back, without arithmetic on the curve: a record may be read for each
// message and need not be kept. They hold keys: seal them before they are stored. kMalformed or
// kOldVersion for bytes that no EncodeRecord gave.
std::string EncodeRecord(const Record& record);
Result<Record> DecodeRecord(std::string_view bytes);

}  // namespace parley::wire::signal
