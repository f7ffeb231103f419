#include <algorithm>

#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

// Of a type that a browser shows without running anything. The rest of it are plain characters.
bool IsShownType(std::string_view type) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789.+-";
  const std::size_t slash = type.find('/');
  const std::string_view kind = type.substr(0, slash);
  if (kind != "image" && kind != "audio" && kind != "video") return false;
  return slash != std::string_view::npos && slash + 1 < type.size() && type != "image/svg+xml" &&
         type.find_first_not_of(kPlain, slash + 1) == std::string_view::npos;
}

}  // namespace

Answer GetMessages(const Call& call) {
  PARLEY_TRY(messages, call.network.FindMessages(call.Parameter("id")));
  ShownMessages shown;
  for (const network::SentMessage& message : messages)
    shown.messages.push_back(Show(message, call));
  return Reply(200, shown);
}

Answer FailMessage(const Call& call) {
  PARLEY_TRY(body, call.Body<FailBody>());
  PARLEY_CHECK(call.network.FailMessage(call.Parameter("id"), body.code, body.text.value_or("")));
  return GetMessages(call);
}

Answer GetMedia(const Call& call) {
  PARLEY_TRY(media, call.network.media().Open(call.Parameter("sha256")));
  // What people send has any type at all, so that none is claimed but what a browser shows without
  // running anything: a page must not run here.
  std::string type = call.request.Query("type").value_or("");
  type.resize(std::min(type.find(';'), type.size()));
  if (!type.empty() && !IsShownType(type))
    return base::FieldError("type", "Must be an image's, an audio's or a video's type, not SVG's");
  http::Response response;
  response.headers.Set("Content-Type", type.empty() ? "application/octet-stream" : type);
  response.headers.Set("X-Content-Type-Options", "nosniff");
  if (media.bytes)
    response.body = *media.bytes;
  else
    response.body = http::FileBody{media.path, 0, static_cast<std::uint64_t>(media.size)};
  return response;
}

}  // namespace parley::sim::control
