#include "cli/admin_api.h"

#include <fmt/format.h>

#include <future>
#include <optional>
#include <thread>

#include "base/blocking_pool.h"
#include "base/files.h"
#include "base/scheduler.h"
#include "http/client.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::Error;
using base::ErrorCode;

constexpr std::size_t kMaxAnswer = 64u << 20;

struct Server {
  std::string url, token;
};

Error NotRunning(const std::string& data) {
  return Error(
      ErrorCode::kUnavailable,
      fmt::format("No server runs on the data folder {0}: there is no {0}/server.json. Start "
                  "one with parley serve --data {0}, or name its address with --url",
                  data));
}

base::Result<Server> FindServer(const ServerPlace& place) {
  Server server{place.url, place.token};
  if (server.url.empty()) {
    auto text = base::ReadFile(place.data + "/server.json");
    if (!text && text.error().code == ErrorCode::kNotFound) return NotRunning(place.data);
    if (!text) return text.error();
    auto parsed = base::ParseJson(*text);
    if (parsed && parsed->is_object())
      server.url = base::FindText(parsed->get_object(), "base_url");
    if (server.url.empty())
      return Error(ErrorCode::kUnavailable,
                   fmt::format("{}/server.json does not tell the server's address. Name it with "
                               "--url",
                               place.data));
  }
  while (server.url.ends_with('/')) server.url.pop_back();
  if (server.token.empty()) {
    auto text = base::ReadFile(place.data + "/admin.token");
    if (!text)
      return Error(
          ErrorCode::kUnavailable,
          fmt::format("{}. Name the server's data folder with --data, or give the token in "
                      "PARLEY_ADMIN_TOKEN",
                      text.error().public_text()));
    server.token = text->substr(0, text->find_first_of("\r\n"));
  }
  return server;
}

ErrorCode CodeOf(std::string_view name) {
  for (const base::ErrorKind& kind : base::kErrorKinds)
    if (kind.name == name) return kind.code;
  return ErrorCode::kUnavailable;
}

// {"error": {"code", "message", "faults": [{"path", "text"}]}}
std::optional<Error> ReadRefusal(const json::value& body) {
  if (!body.is_object()) return std::nullopt;
  const json::value* found = base::Find(body.get_object(), "error");
  if (found == nullptr || !found->is_object()) return std::nullopt;
  const json::object& refusal = found->get_object();
  Error error(CodeOf(base::FindText(refusal, "code")),
              std::string(base::FindText(refusal, "message")));
  if (const json::value* faults = base::Find(refusal, "faults"); faults && faults->is_array())
    for (const json::value& fault : faults->get_array())
      if (fault.is_object())
        error.faults.push_back({std::string(base::FindText(fault.get_object(), "path")),
                                std::string(base::FindText(fault.get_object(), "text"))});
  return error;
}

// The client lives on a thread of its own, whose scheduler runs while this lives.
class HttpAdminApi final : public AdminApi {
 public:
  explicit HttpAdminApi(ServerPlace place) : place_(std::move(place)) {}
  ~HttpAdminApi() override {
    if (!thread_.joinable()) return;
    auto end = [this] {
      client_.reset();
      scheduler_.Stop();
    };
    scheduler_.Post(std::move(end));
    thread_.join();
  }

  base::Result<json::value> Call(http::Method method, std::string path, json::value body,
                                 base::Duration timeout) override {
    PARLEY_CHECK(Open());
    http::ClientRequest request(method, server_.url + "/parley/v1" + path);
    request.headers.Add("Authorization", "Bearer " + server_.token);
    request.headers.Add("Accept", "application/json");
    if (!body.is_null()) {
      request.headers.Add("Content-Type", "application/json");
      request.body = base::ToText(body);
    }
    request.timeout = timeout;
    request.max_response = kMaxAnswer;
    return Read(Send(std::move(request)));
  }

  void Pause(base::Duration time) override {
    if (!Open()) return;
    // Shared: the other thread may still be inside set_value when this one goes on.
    auto done = std::make_shared<std::promise<void>>();
    auto start = [this, time, done] { scheduler_.After(time, [done] { done->set_value(); }); };
    scheduler_.Post(std::move(start));
    done->get_future().wait();
  }

 private:
  using Answer = std::promise<base::Result<http::ClientResponse>>;

  base::Result<void> Open() {
    if (client_) return {};
    PARLEY_TRY(server, FindServer(place_));
    server_ = server;
    pool_ = base::MakeBlockingPool(1);
    resolver_ = http::MakeSystemResolver(*pool_, scheduler_);
    // The operator names the address: every network is allowed.
    const http::AddressGuard guard({*http::Network::Parse("::/0")});
    http::ClientOptions options;
    PARLEY_TRY(tls, http::MakeTlsContext(place_.ca_files));
    options.tls = std::move(tls);
    PARLEY_TRY(client, http::MakeClient(scheduler_, *resolver_, guard, options));
    client_ = std::move(client);
    thread_ = std::thread([this] { scheduler_.Run(); });
    return {};
  }

  base::Result<http::ClientResponse> Send(http::ClientRequest request) {
    auto answer = std::make_shared<Answer>();
    scheduler_.Spawn("request", Exchange(std::move(request), answer));
    return answer->get_future().get();
  }

  base::Task<> Exchange(http::ClientRequest request, std::shared_ptr<Answer> answer) {
    auto response = co_await client_->Send(std::move(request));
    answer->set_value(std::move(response));
  }

  base::Result<json::value> Read(base::Result<http::ClientResponse> response) const {
    if (!response)
      return Error(response.error().code,
                   fmt::format("No answer from Parley at {}: {}. Is the server running?",
                               server_.url, response.error().public_text()));
    if (response->truncated)
      return Error(ErrorCode::kUnavailable, "The answer is too large; ask for less with --limit");
    auto body = response->body.empty() ? base::Result<json::value>(nullptr)
                                       : base::ParseJson(response->body);
    if (response->status == 401)
      return Error(
          ErrorCode::kUnauthenticated,
          fmt::format("{} refuses the admin token. It lies in the server's data folder: name "
                      "that with --data, or give the token in PARLEY_ADMIN_TOKEN",
                      server_.url));
    if (response->status / 100 == 2 && body) return body;
    if (body)
      if (auto refusal = ReadRefusal(*body)) return std::move(*refusal);
    return Error(
        ErrorCode::kUnavailable,
        fmt::format("{} answered {}, but not as Parley's admin API does. Is it the address of "
                    "a Parley server?",
                    server_.url, response->status));
  }

  const ServerPlace place_;
  Server server_;
  base::RealScheduler scheduler_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<http::Resolver> resolver_;
  std::unique_ptr<http::Client> client_;  // the scheduler thread's
  std::thread thread_;
};

}  // namespace

std::unique_ptr<AdminApi> MakeAdminApi(ServerPlace place) {
  return std::make_unique<HttpAdminApi>(std::move(place));
}

std::string Escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain)
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace parley::cli
