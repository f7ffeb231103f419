// Request bodies as JSON documents, whatever they were sent as, ready for base/fields.h.
//
// A form becomes an object of strings (a repeated name: the last one counts); multipart/form-data
// the same, with its files beside it. Decode such objects with text_for_numbers and json_in_text.
#pragma once

#include <vector>

#include "base/fields.h"
#include "base/json.h"
#include "base/result.h"
#include "http/forms.h"
#include "http/message.h"

namespace parley::http {

enum BodyTypes : unsigned {
  kJsonBody = 1,
  kFormBody = 2,
  kMultipartBody = 4,
};

struct Body {
  base::json::value value;      // an object, for forms always
  bool is_form = false;         // values came as text
  std::vector<FormPart> files;  // views into the request's body
};

// kUnsupportedMediaType for a Content-Type not in `types` (none at all counts as JSON);
// kBodyTooLarge and kOverloaded for a body that was not read; kMalformedBody with its position. An
// empty body is an empty object.
base::Result<Body> ReadBody(const Request& request, unsigned types);

// Reads and decodes. Form bodies are read by `rules` plus what forms need.
template <base::HasFields T>
base::Result<T> DecodeBody(const Request& request, unsigned types, base::DecodeRules rules) {
  PARLEY_TRY(body, ReadBody(request, types));
  if (body.is_form) rules.text_for_numbers = rules.json_in_text = true;
  return base::Decode<T>(body.value, rules);
}

}  // namespace parley::http
