#include "http/body.h"

#include "base/encoding.h"

namespace parley::http {
namespace {

base::Result<void> CheckWasRead(const Request& request) {
  switch (request.body_state) {
    case BodyState::kRead:
      return {};
    case BodyState::kTooLarge:
      return base::ErrorCode::kBodyTooLarge;
    case BodyState::kNoRoom:
      return base::ErrorCode::kOverloaded;
  }
  return base::ErrorCode::kInternal;
}

base::Result<Body> ReadJson(const Request& request) {
  Body body;
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) {
    body.value = base::json::object();
    return body;
  }
  PARLEY_TRY(value, base::ParseJson(request.body));
  body.value = std::move(value);
  return body;
}

base::Result<Body> ReadForm(const Request& request) {
  PARLEY_TRY(fields, ParseForm(request.body));
  Body body;
  body.is_form = true;
  base::json::object object;
  for (const auto& [name, value] : fields) object[base::JsonView(name)] = base::JsonView(value);
  body.value = std::move(object);
  return body;
}

base::Result<Body> ReadMultipart(const Request& request) {
  PARLEY_TRY(parts, ParseMultipart(request.body, request.headers.Get("Content-Type")));
  Body body;
  body.is_form = true;
  base::json::object object;
  for (FormPart& part : parts) {
    if (part.is_file)
      body.files.push_back(std::move(part));
    else if (!base::IsUtf8(part.data))
      return base::Error(base::ErrorCode::kMalformedBody,
                         "Invalid multipart form: the field '" + part.name + "' is not UTF-8");
    else
      object[base::JsonView(part.name)] = base::JsonView(part.data);
  }
  body.value = std::move(object);
  return body;
}

struct Reader {
  std::string_view content_type;
  unsigned type;
  base::Result<Body> (*read)(const Request& request);
};
constexpr Reader kReaders[] = {
    {"", kJsonBody, &ReadJson},
    {"application/json", kJsonBody, &ReadJson},
    {"application/x-www-form-urlencoded", kFormBody, &ReadForm},
    {"multipart/form-data", kMultipartBody, &ReadMultipart},
};

}  // namespace

base::Result<Body> ReadBody(const Request& request, unsigned types) {
  PARLEY_CHECK(CheckWasRead(request));
  const std::string content_type = request.content_type();
  for (const Reader& reader : kReaders)
    if (reader.content_type == content_type && (types & reader.type) != 0)
      return reader.read(request);
  // A program that sends no body need not say of what type.
  if (request.body.empty()) return ReadJson(request);
  return base::Error(base::ErrorCode::kUnsupportedMediaType,
                     "Unsupported content type: " + content_type);
}

}  // namespace parley::http
