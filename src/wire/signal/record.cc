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

void Record::Promote(std::size_t index) {
  Session session = std::move(archived[index]);
  archived.erase(archived.begin() + static_cast<std::ptrdiff_t>(index));
  Begin(std::move(session));
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

bool Record::Knows(const crypto::PublicKey& base_key, const crypto::PublicKey& identity) const {
  if (current && Is(*current, base_key, identity)) return true;
  for (const Session& session : archived)
    if (Is(session, base_key, identity)) return true;
  return false;
}

}  // namespace parley::wire::signal
