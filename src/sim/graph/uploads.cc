// Resumable uploads: a session is opened, its bytes are sent, and a handle stands for them, which a
// business profile takes as its picture. They come in one piece.
//
// Source: developers.facebook.com, Graph API, "Resumable Upload API".
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "sim/graph/handlers.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

using base::json::object;

constexpr std::string_view kUploadTypes[] = {"application/pdf", "image/jpeg", "image/jpg",
                                             "image/png", "video/mp4"};
constexpr std::int64_t kMaxUpload = 100 << 20;
constexpr std::string_view kHandleHead = "4:";

}  // namespace

base::Task<Answer> StartUpload(const Call* call) {
  PARLEY_CO_TRY(app, call->AppNode());
  const std::string type = call->Query("file_type").value_or("");
  if (std::find(std::begin(kUploadTypes), std::end(kUploadTypes), type) == std::end(kUploadTypes))
    co_return InvalidParameter("Param file_type is not one that can be uploaded.");
  const std::string length = call->Query("file_length").value_or("");
  Upload upload;
  const char* const end = length.data() + length.size();
  const bool is_number = std::from_chars(length.data(), end, upload.length).ptr == end;
  if (!is_number || length.empty() || upload.length < 1 || upload.length > kMaxUpload)
    co_return InvalidParameter("Param file_length must be the number of bytes.");
  upload.id = call->parts.random.Token(32);
  upload.signature = call->parts.random.Token(20);
  upload.app = app->id;
  upload.mime_type = type;
  upload.at = call->parts.scheduler.Now();
  call->parts.registry.Put(upload);
  object body;
  body["id"] = base::JsonView(fmt::format("{}{}?sig={}", kUploadHead, upload.id, upload.signature));
  co_return Reply(body);
}

Answer UploadAnswer(const Call& call) {
  const std::string_view node = call.Parameter("id");
  auto upload = call.parts.registry.FindUpload(node.substr(kUploadHead.size()));
  const bool is_there = upload && upload->app == call.token.app &&
                        call.Query("sig").value_or("") == upload->signature;
  if (!is_there) return NoSuchObject(call.request.method, node);
  if (call.request.headers.Get("file_offset") != "0")
    return InvalidParameter("The header file_offset must be 0: uploads come in one piece here.");
  const std::string& bytes = call.request.body;
  if (static_cast<std::int64_t>(bytes.size()) != upload->length)
    return InvalidParameter(
        fmt::format("{} bytes were announced, and {} came.", upload->length, bytes.size()));
  const auto stored = call.parts.network.media().Store(bytes);
  if (!stored) return GraphError{kServiceTrouble};
  upload->sha256 = *stored;
  call.parts.registry.Put(*upload);
  object body;
  body["h"] = base::JsonView(std::string(kHandleHead) + upload->id);
  return Reply(body);
}

std::optional<Upload> UploadOfHandle(const Call& call, std::string_view handle) {
  if (!handle.starts_with(kHandleHead)) return std::nullopt;
  auto upload = call.parts.registry.FindUpload(handle.substr(kHandleHead.size()));
  if (!upload || upload->app != call.token.app || upload->sha256.empty()) return std::nullopt;
  return upload;
}

}  // namespace parley::sim::graph
