// 1MSG's handlers, by the file they stand in.
#pragma once

#include "api/onemsg/dialect.h"
#include "http/body.h"

namespace parley::api::onemsg {

// Every POST takes its body in each of these; in forms, lists and objects come as JSON text.
inline constexpr unsigned kBodyTypes = http::kJsonBody | http::kFormBody | http::kMultipartBody;

using HandlerResult = base::Task<base::Result<http::Response>>;

// channels.cc
HandlerResult GetStatus(Call& call);
HandlerResult GetSettings(Call& call);
HandlerResult SetSettings(Call& call);

// media.cc
HandlerResult UploadMedia(Call& call);
HandlerResult RetrieveMedia(Call& call);
HandlerResult DeleteMedia(Call& call);
HandlerResult DeleteMediaInBody(Call& call);

// messages.cc
HandlerResult SendMessage(Call& call);
HandlerResult SendFile(Call& call);
HandlerResult GetMessages(Call& call);
HandlerResult GetHookInfo(Call& call);

// structured.cc
HandlerResult SendLocation(Call& call);
HandlerResult SendContact(Call& call);
HandlerResult SendReaction(Call& call);
HandlerResult SendList(Call& call);
HandlerResult SendButton(Call& call);
HandlerResult SendLocationRequest(Call& call);
HandlerResult SendProduct(Call& call);

HandlerResult ReadMessage(Call& call);

// profile.cc
HandlerResult GetMe(Call& call);
HandlerResult SetMe(Call& call);
HandlerResult GetCommerce(Call& call);
HandlerResult SetCommerce(Call& call);

// statistics.cc
HandlerResult GetStatistics(Call& call);
HandlerResult GetExtendedStatistics(Call& call);
HandlerResult GetOutputIp(Call& call);

// templates.cc
HandlerResult ListTemplates(Call& call);
HandlerResult AddTemplate(Call& call);
HandlerResult RemoveTemplate(Call& call);
HandlerResult SendTemplate(Call& call);

// webhooks.cc
HandlerResult GetWebhook(Call& call);
HandlerResult SetWebhook(Call& call);

}  // namespace parley::api::onemsg
