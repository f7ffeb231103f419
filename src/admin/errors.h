// The admin API's errors, all in one shape:
// {"error": {"code", "message", "faults": [{"path", "text"}]}}; `code` is ErrorKind::name.
#pragma once

#include <string>

#include "base/error.h"
#include "http/message.h"

namespace parley::admin {

http::Response EncodeError(const base::Error& error);
// The body alone.
std::string ErrorText(const base::Error& error);

}  // namespace parley::admin
