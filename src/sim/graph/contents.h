// From the body of a send to what the network carries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/graph/error.h"
#include "sim/graph/layers.h"
#include "sim/graph/send_body.h"
#include "sim/network/content.h"
#include "sim/network/templates.h"

namespace parley::sim::graph {

// A file that a message names: exactly one of the two.
struct MediaAsk {
  net::MessageKind kind = net::MessageKind::kDocument;  // kImage to kSticker
  std::optional<std::string> id, link;
};

struct SendDraft {
  net::Content content;
  // Of the places that net::FilesOf(content) gives, in their order, which are to be filled in.
  std::vector<MediaAsk> media;
};

// Which account sends decides about its catalogue. 100 for what is missing, too much or too long;
// 131009 for values that do not fit; 131051 for kinds that the network does not carry.
Outcome<SendDraft> ReadContent(const SendBody& body, std::string_view account);

}  // namespace parley::sim::graph
