#include "wire/signal/record.h"

#include <utility>

namespace parley::wire::signal {
namespace {

bool Is(const Session& session, const crypto::PublicKey& base_key,
        const crypto::PublicKey& identity) {
  return session.base_key == base_key && session.their_identity == identity;
}

}  // namespace

void Record::Begin(Session session) {
  ArchiveCurrent();
  current = std::move(session);
}

void Record::Promote(const Session& session) {
  if (current && &*current == &session) return;
  const auto at = archived.begin() + (&session - archived.data());
  Session promoted = std::move(*at);
  archived.erase(at);
  Begin(std::move(promoted));
}

void Record::ArchiveCurrent() {
  if (!current) return;
  archived.insert(archived.begin(), std::move(*current));
  current.reset();
  std::size_t seeds = 0;
  for (const Session& session : archived) seeds += session.missing_seeds();
  while (archived.size() > kMaxArchived || seeds > kMaxRecordSeeds) {
    seeds -= archived.back().missing_seeds();
    archived.pop_back();
  }
}

void Record::Forget(const crypto::PublicKey& identity) {
  if (current && current->their_identity == identity) current.reset();
  std::erase_if(archived,
                [&](const Session& session) { return session.their_identity == identity; });
}

bool Record::Knows(const crypto::PublicKey& base_key, const crypto::PublicKey& identity) const {
  if (current && Is(*current, base_key, identity)) return true;
  for (const Session& session : archived)
    if (Is(session, base_key, identity)) return true;
  return false;
}

}  // namespace parley::wire::signal
