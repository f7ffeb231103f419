// Profiles: what people look like, as clients ask for it, set it, and hear that it changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/wire/client.h"
#include "sim/wire/layers.h"
#include "sim/wire/session.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

// The id of a picture: a number that is another one for other bytes.
std::string PictureId(std::string_view sha256);

// Answers of the queries' table (queries.cc).
void GetPicture(Client& client, const binary::Node& iq, const binary::Node& picture);
void SetPicture(Client& client, const binary::Node& iq, const binary::Node&);
void SetAbout(Client& client, const binary::Node& iq, const binary::Node& status);

// <notification> of a changed picture or line; nullopt for any other change, of which a client
// hears by the next message.
std::optional<binary::Node> ProfileStanza(Parts& parts, const Session& session,
                                          const net::ProfileChanged& changed, const net::Item& item,
                                          base::Time at);

}  // namespace parley::sim::wire
