// The admin API of a running server, as commands call it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"

namespace parley::cli {

// Calls block; commands are plain functions.
class AdminApi {
 public:
  virtual ~AdminApi() = default;
  // `path` is below /parley/v1 and may have a query: "/accounts?limit=100". The answer's JSON, null
  // when it has none. The server's own refusals come as its errors; kUnavailable says that nobody
  // answers, and where.
  virtual base::Result<base::json::value> Call(http::Method method, std::string path,
                                               base::json::value body, base::Duration timeout) = 0;
  virtual void Pause(base::Duration time) = 0;

  static constexpr base::Duration kTimeout = std::chrono::seconds(60);
  base::Result<base::json::value> Get(std::string path, base::Duration timeout = kTimeout) {
    return Call(http::Method::kGet, std::move(path), nullptr, timeout);
  }
  base::Result<base::json::value> Post(std::string path, base::json::value body = nullptr,
                                       base::Duration timeout = kTimeout) {
    return Call(http::Method::kPost, std::move(path), std::move(body), timeout);
  }
};

// Where the server is looked for: `url` and `token`, or what the data folder says (server.json and
// admin.token) for the one that is empty.
struct ServerPlace {
  std::string data = "./data";
  std::string url, token;
  std::vector<std::string> ca_files;
};

// Looks for the server with the first call.
std::unique_ptr<AdminApi> MakeAdminApi(ServerPlace place);

// "a%20b" for "a b": one segment of a path or one value of a query.
std::string Escape(std::string_view text);

}  // namespace parley::cli
