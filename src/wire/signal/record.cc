#include "wire/signal/record.h"

#include <algorithm>
#include <utility>

namespace parley::wire::signal {
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

Session* Record::Find(const crypto::PublicKey& base_key, const crypto::PublicKey& identity,
                      const crypto::PublicKey& own) {
  const auto is_it = [&](const Session& session) {
    return session.base_key == base_key && session.IsBetween(own, identity);
  };
  if (current && is_it(*current)) return &*current;
  const auto found = std::find_if(archived.begin(), archived.end(), is_it);
  return found == archived.end() ? nullptr : &*found;
}

}  // namespace parley::wire::signal
