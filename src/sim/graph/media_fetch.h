// The files that a message names, put onto the network's shelf.
#pragma once

#include <string>
#include <vector>

#include "sim/graph/call.h"
#include "sim/graph/contents.h"

namespace parley::sim::graph {

inline constexpr std::size_t kMaxFetches = 8;  // links that are fetched at once
inline constexpr base::Duration kFetchLimit = std::chrono::seconds(20);

// What a kind of media takes (developers.facebook.com/docs/whatsapp/cloud-api/reference/media,
// "Supported media types").
struct MediaKind {
  net::MessageKind kind;
  std::size_t max_bytes;
  std::vector<std::string_view> types;  // none: any, as long as it is named
};
const std::vector<MediaKind>& MediaKinds();

// Why a file of that type and size is not of that kind; empty: it is.
std::string WhyNotOfKind(net::MessageKind kind, std::string_view mime_type, std::size_t size);

// Fills in the content's files in the order of the asks. An error that Meta tells later
// (IsToldLater) is one of the file, others are of the request.
base::Task<Outcome<net::Content>> TakeFiles(const Call* call, SendDraft draft);

}  // namespace parley::sim::graph
