#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {

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
  // What people send has any type at all, so that none is claimed: a page must not run here.
  http::Response response;
  response.headers.Set("Content-Type", "application/octet-stream");
  response.headers.Set("X-Content-Type-Options", "nosniff");
  if (media.bytes)
    response.body = *media.bytes;
  else
    response.body = http::FileBody{media.path, 0, static_cast<std::uint64_t>(media.size)};
  return response;
}

}  // namespace parley::sim::control
