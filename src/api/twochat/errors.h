// 2Chat's errors. The documents and live clients name three members for the text; all are there:
// {"success": false, "error": true, "error_message", "message", "detail"}.
#pragma once

#include "base/error.h"
#include "http/message.h"

namespace parley::api::twochat {

http::Response EncodeError(const base::Error& error);

}  // namespace parley::api::twochat
