// One number's access to Meta's Graph API: requests with its token, and what came of them.
//
// Source of the shapes: developers.facebook.com, Graph API (versions, errors, appsecret_proof) and
// WhatsApp Cloud API.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/scheduler.h"
#include "base/task.h"
#include "core/channels/cloud.h"
#include "http/client.h"

namespace parley::link::cloud {

struct GraphOptions {
  std::string url = "https://graph.facebook.com";  // without a slash at the end
  std::string version = "v23.0";
};

// What became of a request. Only of kNoAnswer it is unknown whether Meta did what was asked.
struct GraphAnswer {
  enum class Kind {
    kDone,      // status 2xx and a JSON object
    kRefused,   // an error of Graph's own: nothing was done
    kNotSent,   // nothing left this machine
    kNoAnswer,  // time-out, broken connection, 5xx of something before Graph, unreadable answer
  };
  Kind kind = Kind::kNoAnswer;
  int status = 0;
  base::json::object body;  // of kDone and kRefused
  std::string reason;       // of the other two, for people

  bool done() const { return kind == Kind::kDone; }
};

// A file for an upload.
struct GraphFile {
  std::string mime_type, name, bytes;
};

// `client` outlives what is awaited here; the object itself need not. Thread: the client's.
class Graph {
 public:
  Graph(http::Client& client, GraphOptions options, core::CloudCredentials credentials);

  const core::CloudCredentials& credentials() const { return credentials_; }
  const GraphOptions& options() const { return options_; }

  // `path` is what follows the version: "<node>/messages", with its query.
  base::Task<GraphAnswer> Get(std::string path, base::Duration limit) const;
  base::Task<GraphAnswer> Post(std::string path, base::json::object body,
                               base::Duration limit) const;
  base::Task<GraphAnswer> Delete(std::string path, base::json::object body,
                                 base::Duration limit) const;
  // multipart/form-data with messaging_product, type and file. `boundary` is not in the bytes.
  base::Task<GraphAnswer> Upload(std::string path, GraphFile file, std::string boundary,
                                 base::Duration limit) const;
  // The bytes of a resumable upload, whole; `session` is what opening it was answered with.
  base::Task<GraphAnswer> UploadBytes(std::string session, std::string bytes,
                                      base::Duration limit) const;
  // The bytes behind a media URL that Graph gave. kMediaUnreachable when it does not give them
  // (any more), kUnavailable when it may later.
  base::Task<base::Result<void>> Download(std::string url, http::BodySink& sink,
                                          base::Duration limit) const;
  // The same of a URL that anybody may read, whose host has no use for the token.
  base::Task<base::Result<void>> DownloadPublic(std::string url, http::BodySink& sink,
                                                base::Duration limit) const;

 private:
  http::ClientRequest Request(http::Method method, const std::string& path,
                              base::Duration limit) const;

  http::Client& client_;
  const GraphOptions options_;
  const core::CloudCredentials credentials_;
  const std::string proof_;  // empty: not sent
};

}  // namespace parley::link::cloud
