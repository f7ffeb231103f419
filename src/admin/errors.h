// The admin API's errors, all in one shape:
// {"error": {"code", "message", "faults": [{"path", "text"}]}}; `code` is ErrorKind::name, but for
// the few codes that this API alone has.
#pragma once

#include <string>

#include "base/error.h"
#include "http/message.h"

namespace parley::admin {

http::Response EncodeError(const base::Error& error);
// With a code that only this API has, and no caller of the core acts on.
http::Response EncodeError(int status, std::string code, std::string message);
// The body alone.
std::string ErrorText(const base::Error& error);

}  // namespace parley::admin
