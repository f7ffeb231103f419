// What the readers of the kinds have in common, each in the file of its topic. Part of contents.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/graph/contents.h"
#include "sim/graph/reading.h"

namespace parley::sim::graph {

// A member of the body to what the network carries, as ReadContent does it.
Outcome<SendDraft> ReadContacts(const SendBody& body, std::string_view account);
Outcome<SendDraft> ReadInteractive(const SendBody& body, std::string_view account);
Outcome<SendDraft> ReadTemplate(const SendBody& body, std::string_view account);

inline GraphError WrongValue(std::string details) {
  return GraphError{kInvalidValue, std::move(details)};
}

// The kind of media of a header of that type: image, video or document.
std::optional<net::MessageKind> HeaderKindOf(std::string_view type);
std::string LowerCaseOf(std::string_view text);

// One of the two, as Graph demands.
template <class Body>
Outcome<MediaAsk> AskOf(const Body& body, net::MessageKind kind, const std::string& path) {
  if (body.id.has_value() == body.link.has_value())
    return InvalidParameter("Exactly one of " + PathInBrackets(path + ".id") + " and " +
                            PathInBrackets(path + ".link") + " is required.");
  MediaAsk ask;
  ask.kind = kind;
  ask.id = body.id;
  ask.link = body.link;
  return ask;
}

}  // namespace parley::sim::graph
