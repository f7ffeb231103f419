// The Retry-After header of a refusing answer.
#pragma once

#include <string>

#include "base/error.h"
#include "http/message.h"

namespace parley::http {

// What the error says; a second where it says nothing and the same request may succeed shortly.
inline void AddRetryAfter(const base::Error& error, Headers& headers) {
  const bool shortly =
      error.code == base::ErrorCode::kOverloaded || error.code == base::ErrorCode::kUnavailable;
  if (error.retry_after || shortly)
    headers.Set("Retry-After", std::to_string(error.retry_after ? error.retry_after->count() : 1));
}

}  // namespace parley::http
