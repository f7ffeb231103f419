// HTTP requests and responses as the rest of Parley sees them. No Beast or Asio type appears here,
// so that handlers compile quickly and run without a socket in scenarios.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/names.h"
#include "base/task.h"

namespace parley::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
inline constexpr base::EnumNames<Method, 7> kMethodNames({
    {Method::kGet, "GET"},
    {Method::kHead, "HEAD"},
    {Method::kPost, "POST"},
    {Method::kPut, "PUT"},
    {Method::kPatch, "PATCH"},
    {Method::kDelete, "DELETE"},
    {Method::kOptions, "OPTIONS"},
});
PARLEY_ENUM_NAMES(Method, kMethodNames)

// Header fields in order. Names compare without regard to case.
class Headers {
 public:
  // The first value, or an empty view.
  std::string_view Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  void Add(std::string name, std::string value);
  // Replaces all of that name.
  void Set(std::string name, std::string value);

  using Fields = std::vector<std::pair<std::string, std::string>>;
  const Fields& fields() const { return fields_; }

 private:
  Fields fields_;
};

enum class BodyState : std::uint8_t {
  kRead,      // complete
  kTooLarge,  // over the limit that Service::BodyLimit gave; not read
  kNoRoom,    // the server holds too many bytes of bodies at once; not read
};

struct Request {
  Method method = Method::kGet;
  std::string target;  // as it came: path and query (an absolute URL is cut down to them)
  Headers headers;
  std::string body;
  std::string remote_address;  // the peer's IP address
  BodyState body_state = BodyState::kRead;

  // The target's part before '?', still percent-encoded, and the part after it.
  std::string_view path() const;
  std::string_view query() const;
  // A decoded query parameter; the first when it stands more than once. "+" is a blank here, and a
  // broken escape leaves the text as it was written.
  std::optional<std::string> Query(std::string_view name) const;
  // Content-Type without parameters, lower case; empty when there is none.
  std::string content_type() const;
};

// Part of a file, sent without reading it into memory.
struct FileBody {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// A response that is written piece by piece (server-sent events). The connection ends with it.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  // False when the client is gone or the server is stopping: return then.
  virtual base::Task<bool> Write(std::string data) = 0;
  // Calls `wake` once, as soon as Write would return false, so that a stream which waits for
  // something to write does not wait on. At once when it is so already; never after `run` ended.
  virtual void OnEnd(std::function<void()> wake) = 0;
};
struct StreamBody {
  // Awaited once; the function object lives until it ends.
  std::function<base::Task<>(StreamWriter&)> run;
};

// The server adds Content-Length, Transfer-Encoding and Connection itself and leaves out those
// given here, as it does with what is no header name. A control character in a value becomes a
// blank.
struct Response {
  int status = 200;
  Headers headers;
  std::variant<std::string, FileBody, StreamBody> body;

  Response() = default;
  Response(int status, std::string content_type, std::string text)
      : status(status), body(std::move(text)) {
    headers.Set("Content-Type", std::move(content_type));
  }
  static Response Json(int status, std::string text) {
    return Response(status, "application/json", std::move(text));
  }
  static Response Text(int status, std::string text) {
    return Response(status, "text/plain; charset=utf-8", std::move(text));
  }
  // The text of the body; empty for the other kinds.
  std::string_view text() const {
    const auto* value = std::get_if<std::string>(&body);
    return value ? std::string_view(*value) : std::string_view();
  }
};

// What answers requests.
class Service {
 public:
  virtual ~Service() = default;
  // How many bytes of body the request may have; asked after the header, before the body.
  virtual std::size_t BodyLimit(const Request& head) const = 0;
  // Answers every request, also one whose body was not read. Never throws. The service outlives
  // what it returns here.
  virtual base::Task<Response> Handle(Request request) = 0;
};

}  // namespace parley::http
