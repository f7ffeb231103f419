#include "api/twochat/auth.h"

namespace parley::api::twochat {

base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request) {
  std::string key(request.headers.Get("X-User-API-Key"));
  return directory.Admit(core::Dialect::kTwoChat, std::move(key), core::RateScope::kCredential);
}

}  // namespace parley::api::twochat
