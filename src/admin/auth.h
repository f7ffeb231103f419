// The admin API's authentication: `Authorization: Bearer <admin token>`. No rate limit.
#pragma once

#include "base/task.h"
#include "core/accounts/directory.h"
#include "http/message.h"

namespace parley::admin {

// The request outlives the call.
base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request);

}  // namespace parley::admin
