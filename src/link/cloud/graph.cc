#include "link/cloud/graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::link::cloud {
namespace {

constexpr std::size_t kMaxGraphAnswer = 4 << 20;  // a page of templates is the largest

std::string ProofOf(const core::CloudCredentials& credentials) {
  if (!credentials.app_secret_proof) return "";
  return base::ToHexText(
      base::AsText(base::HmacSha256(credentials.app_secret, credentials.access_token)));
}

// Of a request of which it is known whether it left.
GraphAnswer Unanswered(bool left, std::string reason) {
  GraphAnswer answer;
  answer.kind = left ? GraphAnswer::Kind::kNoAnswer : GraphAnswer::Kind::kNotSent;
  answer.reason = std::move(reason);
  return answer;
}

GraphAnswer AnswerOf(const http::ClientResponse& response) {
  GraphAnswer answer;
  answer.status = response.status;
  answer.reason = fmt::format("Graph answered {}", response.status);
  auto body = base::ParseJson(response.body);
  const bool readable = body && body->is_object() && !response.truncated;
  if (readable) answer.body = std::move(body->as_object());
  if (response.status >= 200 && response.status <= 299) {
    // What was taken and cannot be read was taken all the same.
    if (readable) answer.kind = GraphAnswer::Kind::kDone;
    return answer;
  }
  const bool is_graph = answer.body.contains("error") && answer.body["error"].is_object();
  if (is_graph || (response.status >= 400 && response.status <= 499))
    answer.kind = GraphAnswer::Kind::kRefused;
  return answer;
}

base::Task<GraphAnswer> SendRequest(http::Client* client, http::ClientRequest request) {
  const auto left = std::make_shared<bool>(false);
  request.handed_over = left;
  request.max_response = kMaxGraphAnswer;
  auto response = co_await client->Send(std::move(request));
  if (!response) co_return Unanswered(*left, std::string(response.error().public_text()));
  co_return AnswerOf(*response);
}

// Without a client it is refused.
base::Task<base::Result<void>> FetchFile(http::Client* client, http::ClientRequest request,
                                         http::BodySink* sink) {
  if (client == nullptr)
    co_return base::Error(base::ErrorCode::kMediaUnreachable, "The media URL has no TLS");
  auto fetched = co_await client->Fetch(std::move(request), *sink);
  if (!fetched) co_return fetched.error();
  co_return base::Result<void>();
}

// A file name cannot end its header field.
std::string QuotedName(std::string name) {
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return c < ' ' || c == '"' || c == '\\' || c == 0x7f; }, '_');
  return name;
}

}  // namespace

Graph::Graph(http::Client& client, GraphOptions options, core::CloudCredentials credentials)
    : client_(client),
      options_(std::move(options)),
      credentials_(std::move(credentials)),
      proof_(ProofOf(credentials_)) {}

http::ClientRequest Graph::Request(http::Method method, const std::string& path,
                                   base::Duration limit) const {
  std::string url = fmt::format("{}/{}/{}", options_.url, options_.version, path);
  if (!proof_.empty()) {
    url += path.find('?') == std::string::npos ? '?' : '&';
    url += "appsecret_proof=" + proof_;
  }
  http::ClientRequest request(method, std::move(url));
  request.headers.Set("Authorization", "Bearer " + credentials_.access_token);
  request.timeout = limit;
  return request;
}

base::Task<GraphAnswer> Graph::Get(std::string path, base::Duration limit) const {
  return SendRequest(&client_, Request(http::Method::kGet, path, limit));
}

base::Task<GraphAnswer> Graph::Post(std::string path, base::json::object body,
                                    base::Duration limit) const {
  http::ClientRequest request = Request(http::Method::kPost, path, limit);
  request.headers.Set("Content-Type", "application/json");
  request.body = base::ToText(body);
  return SendRequest(&client_, std::move(request));
}

base::Task<GraphAnswer> Graph::Delete(std::string path, base::json::object body,
                                      base::Duration limit) const {
  http::ClientRequest request = Request(http::Method::kDelete, path, limit);
  if (!body.empty()) {
    request.headers.Set("Content-Type", "application/json");
    request.body = base::ToText(body);
  }
  return SendRequest(&client_, std::move(request));
}

base::Task<GraphAnswer> Graph::Upload(std::string path, GraphFile file, std::string boundary,
                                      base::Duration limit) const {
  http::ClientRequest request = Request(http::Method::kPost, path, limit);
  request.headers.Set("Content-Type", "multipart/form-data; boundary=" + boundary);
  const auto field = [&](std::string_view name, std::string_view value) {
    request.body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n",
                                boundary, name, value);
  };
  request.body.reserve(file.bytes.size() + 1024);
  field("messaging_product", "whatsapp");
  field("type", file.mime_type);
  request.body += fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n"
      "Content-Type: {}\r\n\r\n",
      boundary, QuotedName(std::move(file.name)), file.mime_type);
  request.body += file.bytes;
  request.body += fmt::format("\r\n--{}--\r\n", boundary);
  return SendRequest(&client_, std::move(request));
}

base::Task<GraphAnswer> Graph::UploadBytes(std::string session, std::string bytes,
                                           base::Duration limit) const {
  http::ClientRequest request = Request(http::Method::kPost, session, limit);
  request.headers.Set("Authorization", "OAuth " + credentials_.access_token);
  request.headers.Set("file_offset", "0");
  request.headers.Set("Content-Type", "application/octet-stream");
  request.body = std::move(bytes);
  return SendRequest(&client_, std::move(request));
}

base::Task<base::Result<void>> Graph::Download(std::string url, http::BodySink& sink,
                                               base::Duration limit) const {
  http::ClientRequest request(http::Method::kGet, std::move(url));
  request.headers.Set("Authorization", "Bearer " + credentials_.access_token);
  request.timeout = limit;
  // The token goes to nobody who could be listening.
  const bool open = options_.url.starts_with("http://") || request.url.starts_with("https://");
  return FetchFile(open ? &client_ : nullptr, std::move(request), &sink);
}

base::Task<base::Result<void>> Graph::DownloadPublic(std::string url, http::BodySink& sink,
                                                     base::Duration limit) const {
  http::ClientRequest request(http::Method::kGet, std::move(url));
  request.timeout = limit;
  return FetchFile(&client_, std::move(request), &sink);
}

}  // namespace parley::link::cloud
