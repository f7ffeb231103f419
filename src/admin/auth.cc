#include "admin/auth.h"

#include <cctype>

namespace parley::admin {
namespace {

constexpr std::string_view kScheme = "bearer ";  // its case does not matter, RFC 9110, 11.1

std::string BearerToken(const http::Request& request) {
  std::string_view value = request.headers.Get("Authorization");
  if (value.size() <= kScheme.size()) return "";
  for (std::size_t i = 0; i < kScheme.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(value[i])) != kScheme[i]) return "";
  value.remove_prefix(value.find_first_not_of(' ', kScheme.size() - 1));
  return std::string(value);
}

}  // namespace

base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request) {
  return directory.Admit(core::Dialect::kAdmin, BearerToken(request), core::RateScope::kCredential);
}

}  // namespace parley::admin
