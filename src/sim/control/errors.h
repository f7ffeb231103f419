// Errors as the control API answers them:
//   {"error": {"code": "invalid_fields", "message": "...", "fields": [{"path", "message"}]}}
#pragma once

#include "base/result.h"
#include "http/message.h"

namespace parley::sim::control {

http::Response ErrorResponse(const base::Error& error);

}  // namespace parley::sim::control
