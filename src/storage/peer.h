// The columns of a person that events and answers show, read from a join with persons as p.
#pragma once

#include "core/contacts/person.h"
#include "storage/connection.h"

namespace parley::storage {

#define PEER_COLUMNS \
  "p.phone, p.lid, p.username, p.name, p.push_name, p.verified_name, p.is_business"

// From the seven columns that begin at `first`.
inline core::Peer ReadPeer(const Rows& rows, int first) {
  core::Peer peer;
  peer.phone = rows.Text(first);
  peer.lid = rows.Text(first + 1);
  peer.username = rows.Text(first + 2);
  peer.name = rows.Text(first + 3);
  peer.push_name = rows.Text(first + 4);
  peer.verified_name = rows.Text(first + 5);
  peer.is_business = rows.Bool(first + 6);
  return peer;
}

}  // namespace parley::storage
