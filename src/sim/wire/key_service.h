// Pre-keys: what companions leave at the server, and what others are given of it.
#pragma once

#include "sim/wire/client.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxBundles = 2048;  // of one query

void CountOneTimeKeys(Client& client, const binary::Node& iq, const binary::Node& child);
void GetDigest(Client& client, const binary::Node& iq, const binary::Node& child);
void UploadKeys(Client& client, const binary::Node& iq, const binary::Node& child);
void RotateSignedKey(Client& client, const binary::Node& iq, const binary::Node& rotate);
void GetBundles(Client& client, const binary::Node& iq, const binary::Node& key);
void GetIdentities(Client& client, const binary::Node& iq, const binary::Node& identity);

// A bundle as it stands in a retry receipt and in the answer for one user.
std::vector<binary::Node> BundleNodes(const signal::Bundle& bundle);
// A client's own keys in a retry receipt; nullopt when there are none, or not all.
std::optional<signal::Bundle> ReadBundle(const binary::Node& receipt);
// Tells a companion that others will soon find none of its one-time keys, if that is so.
void TellWhenKeysRunLow(Parts& parts, const Companion& companion);

}  // namespace parley::sim::wire
