// Cloud API credentials in bodies of the admin API.
#pragma once

#include <string_view>

#include "admin/cloud_schema.h"
#include "base/result.h"
#include "core/channels/cloud.h"

namespace parley::admin {

// Faults are told under `path`, "cloud." or nothing.
base::Result<core::CloudCredentials> CredentialsOf(const CloudBody& body, std::string_view path);

}  // namespace parley::admin
