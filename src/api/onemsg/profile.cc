// The number's profile and its shop.
#include "api/onemsg/business_schema.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/media.h"
#include "core/addresses.h"
#include "core/media/media_source.h"
#include "core/profiles/profiles.h"
#include "core/templates/templates.h"

namespace parley::api::onemsg {
namespace {

// Here, unlike in most bodies, "" means something: remove.
constexpr base::DecodeRules kProfileRules = [] {
  base::DecodeRules rules = kRules;
  rules.empty_is_absent = false;
  return rules;
}();

// It may be said again, in any spelling.
bool IsOwn(std::string_view phone, const core::Channel& channel) {
  const auto address = core::ParsePhone(phone);
  return address && address->value == channel.phone;
}

base::Result<core::ProfileCommand> CommandOf(const http::Body& request, const MeBody& body) {
  core::ProfileCommand command;
  command.about = body.about;
  command.address = body.address;
  command.description = body.description;
  command.email = body.email;
  command.vertical = body.vertical;
  command.websites = body.websites;
  if (body.photo.value_or("").empty() && request.files.empty()) return command;
  core::MediaDraft draft;
  if (auto read = ReadSource(request, body.photo, draft); !read)
    return base::RenameFault(read.error(), "body", "photo");
  command.picture = std::move(draft);
  return command;
}

}  // namespace

HandlerResult GetMe(Call& call) {
  PARLEY_CO_TRY(profile, co_await call.core.profiles.Get(call.channel));
  MeReply me;
  me.about = profile.about;
  me.address = profile.address;
  me.description = profile.description;
  me.email = profile.email;
  me.phone = call.channel->phone;
  me.vertical = profile.vertical;
  me.websites = profile.websites;
  if (profile.picture) me.photo = call.core.media_links.UrlOf(profile.picture->ref);
  co_return http::Response::Json(200, base::EncodeText(me));
}

HandlerResult SetMe(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  base::DecodeRules rules = kProfileRules;
  rules.json_in_text = request.is_form;
  PARLEY_CO_TRY(body, base::Decode<MeBody>(request.value, rules));
  if (body.phone && !body.phone->empty() && !IsOwn(*body.phone, *call.channel))
    co_return base::FieldError("phone", "The number of a channel cannot be changed");
  PARLEY_CO_TRY(command, CommandOf(request, body));
  auto changed = co_await call.core.profiles.Change(call.channel, std::move(command));
  if (!changed) co_return base::RenameFault(changed.error(), "url", "photo");
  co_return http::Response::Json(200, base::EncodeText(ResultReply()));
}

HandlerResult GetCommerce(Call& call) {
  PARLEY_CO_TRY(commerce, co_await call.core.templates.Commerce(call.channel));
  CommerceReply reply{commerce.id, commerce.is_cart_enabled, commerce.is_catalog_visible};
  co_return http::Response::Json(200, "[" + base::EncodeText(reply) + "]");
}

HandlerResult SetCommerce(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<CommerceBody>(call.request, kBodyTypes, kRules));
  core::SetCommerce wanted;
  wanted.is_cart_enabled = body.params.is_cart_enabled;
  wanted.is_catalog_visible = body.params.is_catalog_visible;
  PARLEY_CO_CHECK(co_await call.core.templates.SetCommerce(call.channel, wanted));
  co_return http::Response::Json(200, base::EncodeText(SuccessReply()));
}

}  // namespace parley::api::onemsg
