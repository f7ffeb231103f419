// Whom outgoing TLS trusts. Made once and shared by all clients: the system's authorities alone are
// some 3 MB.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace parley::http {

// Thread: any; the clients of several threads may share one.
using TlsContext = std::shared_ptr<SSL_CTX>;

// Verifies against the system's authorities and those of `ca_files` (PEM), at least TLS 1.2.
// kUnavailable names the file that cannot be used.
base::Result<TlsContext> MakeTlsContext(const std::vector<std::string>& ca_files);

}  // namespace parley::http
