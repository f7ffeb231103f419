#include "api/onemsg/auth.h"

#include <algorithm>

#include "base/json.h"
#include "http/body.h"

namespace parley::api::onemsg {
namespace {

constexpr std::string_view kBearer = "Bearer ";
// A body over this is not searched for a token.
constexpr std::size_t kMaxBodyToLookInto = 256 * 1024;

std::string TokenInBody(const http::Request& request) {
  if (request.body.empty() || request.body.size() > kMaxBodyToLookInto) return "";
  const auto body =
      http::ReadBody(request, http::kJsonBody | http::kFormBody | http::kMultipartBody);
  if (!body || !body->value.is_object()) return "";
  return std::string(base::FindText(body->value.get_object(), "token"));
}

std::string TokenOf(const http::Request& request) {
  std::string token = request.Query("token").value_or("");
  if (!token.empty()) return token;
  const std::string_view header = request.headers.Get("Authorization");
  if (header.starts_with(kBearer)) return std::string(header.substr(kBearer.size()));
  token = request.headers.Get("Authorize");
  return token.empty() ? TokenInBody(request) : token;
}

base::Error WrongToken(std::string_view channel) {
  std::string text = "Wrong token";
  if (!channel.empty()) text += " for channel \"" + std::string(channel) + "\"";
  return base::Error(base::ErrorCode::kUnauthenticated,
                     text + ". Please provide token as a GET parameter.");
}

// Whether the path's name for a channel is this channel: its code, with or without "instance".
bool Names(std::string_view name, const core::Channel& channel) {
  constexpr std::string_view kOldPrefix = "instance";
  if (name.starts_with(kOldPrefix)) name.remove_prefix(kOldPrefix.size());
  return name == channel.code;
}

}  // namespace

Target TargetOf(std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  const std::size_t slash = std::min(path.find('/'), path.size());
  const std::string_view first = path.substr(0, slash);
  Target target;
  if (first.find_first_of("0123456789") == std::string_view::npos) {
    target.path = "/" + std::string(path);
    return target;
  }
  target.channel = first;
  target.path = path.substr(slash);
  return target;
}

base::Task<Admitted> Authenticate(core::Directory& directory, const http::Request& request,
                                  std::string channel) {
  Admitted admitted;
  core::Admission admission =
      co_await directory.Admit(core::Dialect::kOneMsg, TokenOf(request), core::RateScope::kAccount);
  if (admission.error) {
    const bool wrong = admission.error->code == base::ErrorCode::kUnauthenticated;
    admitted.error = wrong ? WrongToken(channel) : *admission.error;
    co_return admitted;
  }
  auto bound = co_await directory.BoundChannel(admission.caller);
  if (!bound)
    admitted.error = bound.error();
  else if (!channel.empty() && !Names(channel, **bound))
    admitted.error = WrongToken(channel);
  if (admitted.error) co_return admitted;
  admitted.caller = admission.caller;
  admitted.channel = *bound;
  co_return admitted;
}

}  // namespace parley::api::onemsg
