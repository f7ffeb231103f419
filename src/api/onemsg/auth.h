// 1MSG's authentication: the channel's token as query parameter `token`; also taken from an
// Authorization: Bearer or Authorize header, and from a `token` in the body.
#pragma once

#include <string>

#include "base/task.h"
#include "core/accounts/directory.h"
#include "http/message.h"

namespace parley::api::onemsg {

// The request's path with the channel's id taken off, when it begins with one: a segment that holds
// a digit, which no method of 1MSG does.
struct Target {
  std::string channel;  // empty when the path names none
  std::string path;     // "/sendMessage"
};
Target TargetOf(std::string_view path);

struct Admitted {
  core::CallerPtr caller;
  core::ChannelPtr channel;
  std::optional<base::Error> error;
};
// Checks the token and that it belongs to the channel that the path names. The request outlives the
// call.
base::Task<Admitted> Authenticate(core::Directory& directory, const http::Request& request,
                                  std::string channel);

}  // namespace parley::api::onemsg
