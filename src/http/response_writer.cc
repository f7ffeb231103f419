#include "http/response_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/file_posix.hpp>
#include <boost/beast/http/status.hpp>
#include <iterator>

#include "base/log.h"
#include "http/grammar.h"

namespace parley::http {
namespace {

// Up to here a body is copied behind its head, which is cheaper than a second piece.
constexpr std::size_t kCopiedBody = 16 * 1024;
constexpr std::size_t kFilePiece = 64 * 1024;

constexpr std::string_view kServersOwn[] = {"Content-Length", "Transfer-Encoding", "Connection"};

bool IsServersOwn(std::string_view name) {
  return std::any_of(std::begin(kServersOwn), std::end(kServersOwn),
                     [name](std::string_view own) { return EqualIgnoringCase(name, own); });
}

// RFC 9110, section 8.6: these have no body, and 204 no Content-Length either.
bool HasBody(int status) { return status >= 200 && status != 204 && status != 304; }

void AppendValue(std::string& out, std::string_view value) {
  if (IsFieldValue(value)) {
    out += value;
    return;
  }
  for (const char c : value) out += IsFieldValue(std::string_view(&c, 1)) ? c : ' ';
}

base::Task<bool> WriteText(Connection& connection, Response response, AnswerForm form) {
  std::string& buffer = connection.server().write_buffer;
  buffer.clear();
  AppendHead(buffer, response, form, Framing::kLength, response.text().size());
  std::string_view body = response.text();
  if (form.head_only || !HasBody(response.status)) body = {};
  if (body.size() <= kCopiedBody) buffer += std::exchange(body, std::string_view());

  bool failed = false;
  const std::size_t written = connection.WriteSome(buffer, body, failed);
  if (failed) co_return false;
  if (written == buffer.size() + body.size()) co_return true;
  // The buffer serves all connections, so that what is left moves out of it before the wait.
  const std::string rest = buffer.substr(std::min(written, buffer.size()));
  body.remove_prefix(written - std::min(written, buffer.size()));
  co_return co_await connection.Write(rest, body);
}

// Opens the file at its offset; false when it does not have what was promised.
bool OpenFile(const FileBody& body, boost::beast::file_posix& file) {
  boost::system::error_code error;
  std::uint64_t size = 0;
  file.open(body.path.c_str(), boost::beast::file_mode::scan, error);
  if (!error) size = file.size(error);
  if (!error) file.seek(body.offset, error);
  if (!error && body.offset <= size && body.length <= size - body.offset) return true;
  base::LogError("A file that was to be sent cannot be read",
                 {{"path", body.path}, {"reason", error ? error.message() : "it is too short"}});
  return false;
}

base::Task<bool> WriteFile(Connection& connection, Response response, AnswerForm form) {
  const FileBody& body = std::get<FileBody>(response.body);
  boost::beast::file_posix file;
  if (!OpenFile(body, file)) {
    Response failure = Response::Text(500, "The file cannot be read\n");
    co_return co_await WriteText(connection, std::move(failure), form);
  }
  std::string head;
  AppendHead(head, response, form, Framing::kLength, body.length);
  std::uint64_t left = form.head_only ? 0 : body.length;
  const auto piece = std::make_unique<char[]>(std::min<std::uint64_t>(left, kFilePiece));
  do {
    boost::system::error_code error;
    const std::size_t size =
        file.read(piece.get(), std::min<std::uint64_t>(left, kFilePiece), error);
    if (error || (size == 0 && left > 0)) {
      base::LogError("A file became shorter while it was sent", {{"path", body.path}});
      co_return false;
    }
    left -= size;
    const std::string_view data(piece.get(), size);
    if (!co_await connection.Write(head, data)) co_return false;
    head.clear();
  } while (left > 0);
  co_return true;
}

class ConnectionStream final : public StreamWriter {
 public:
  ConnectionStream(Connection& connection, bool chunked)
      : connection_(connection), chunked_(chunked) {}

  base::Task<bool> Write(std::string data) override {
    if (connection_.stream_ended()) co_return false;
    if (data.empty()) co_return true;  // an empty chunk would end the body
    std::string head;
    if (chunked_) {
      head = fmt::format("{:x}\r\n", data.size());
      data += "\r\n";
    }
    const bool written = co_await connection_.Write(head, data);
    co_return written && !connection_.stream_ended();
  }

  void OnEnd(std::function<void()> wake) override {
    if (connection_.stream_ended())
      wake();
    else
      connection_.OnStreamEnd(std::move(wake));
  }

 private:
  Connection& connection_;
  const bool chunked_;
};

base::Task<bool> WriteStream(Connection& connection, Response response, AnswerForm form) {
  std::string head;
  AppendHead(head, response, form, form.http11 ? Framing::kChunked : Framing::kClose, 0);
  if (!co_await connection.Write(head, "")) co_return false;
  if (form.head_only) co_return true;
  connection.StartStream();
  ConnectionStream stream(connection, form.http11);
  co_await std::get<StreamBody>(response.body).run(stream);
  connection.OnStreamEnd(nullptr);
  if (form.http11) co_await connection.Write("0\r\n\r\n", "");
  co_return true;
}

}  // namespace

base::Task<bool> WriteResponse(Connection& connection, Response response, AnswerForm form) {
  if (std::holds_alternative<std::string>(response.body))
    return WriteText(connection, std::move(response), form);
  if (std::holds_alternative<FileBody>(response.body))
    return WriteFile(connection, std::move(response), form);
  return WriteStream(connection, std::move(response), form);
}

void AppendHead(std::string& out, const Response& response, const AnswerForm& form, Framing framing,
                std::uint64_t length) {
  const auto reason =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status,
                 fmt::string_view(reason.data(), reason.size()));
  for (const auto& [name, value] : response.headers.fields()) {
    if (IsServersOwn(name) || !IsToken(name)) continue;
    out += name;
    out += ": ";
    AppendValue(out, value);
    out += "\r\n";
  }
  if (framing == Framing::kChunked)
    out += "Transfer-Encoding: chunked\r\n";
  else if (framing == Framing::kLength && HasBody(response.status))
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", length);
  if (!form.keep_alive)
    out += "Connection: close\r\n";
  else if (!form.http11)
    out += "Connection: keep-alive\r\n";
  out += "\r\n";
}

}  // namespace parley::http
