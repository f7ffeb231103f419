// The outside as the gateway's HTTP clients see it in a scenario: webhook receivers that record
// what they get and answer as told, files behind URLs, and services of ours that call each other.
// No socket; answers come through the scheduler.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/scheduler.h"
#include "http/client.h"

namespace parley::testing {

struct Post {
  base::Time at;
  std::string url;
  http::Headers headers;
  std::string body;
  int answered = 0;  // 0: it got no answer
};

// How a receiver answers from now on.
struct Behaviour {
  int status = 200;  // 0: never answers
  int times = 0;     // for so many posts, then 200 again; 0: until told otherwise
  std::string retry_after;
  base::Duration takes{0};  // from the post's arrival to the answer
};

// A server that transcribes, and what it was asked.
struct EndpointBehaviour {
  int status = 200;  // 0: never answers
  std::string body;
  std::string retry_after;
};

class VirtualInternet final : public http::Client {
 public:
  explicit VirtualInternet(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  void SetBehaviour(const std::string& url, Behaviour behaviour) { behaviours_[url] = behaviour; }
  void PutFile(const std::string& url, std::string type, std::string bytes);
  // Who answers below `base`, with the bytes for what stands behind it in the URL.
  using Host = std::function<std::optional<std::string>(const std::string& path)>;
  void SetHost(const std::string& base, Host host) { hosts_[base] = std::move(host); }
  // Every request below `base` is this service's, as it is at that moment; null: nobody answers. Of
  // two bases the longer one has it.
  using Service = std::function<http::Service*()>;
  void SetService(const std::string& base, Service service) {
    services_[base] = std::move(service);
  }
  // Instead of a file: an answer without a body, or with 0 none.
  void FailFile(const std::string& url, int status);
  // `url` is no receiver of webhooks but a server that transcribes.
  void SetEndpoint(const std::string& url, EndpointBehaviour behaviour) {
    endpoints_[url] = std::move(behaviour);
  }
  std::vector<Post>& posts() { return posts_; }
  const std::vector<Post>& endpoint_calls() const { return endpoint_calls_; }
  // Goes on where another left off: receivers do not crash with the gateway.
  void TakeOver(VirtualInternet& other);

  base::Task<base::Result<http::ClientResponse>> Send(http::ClientRequest request) override;
  base::Task<base::Result<http::ClientResponse>> Fetch(http::ClientRequest request,
                                                       http::BodySink& sink) override;
  // Hosts that end in .private.test are refused, everything else is fine.
  base::Task<base::Result<void>> Check(std::string url) override;

 private:
  struct File {
    int status = 200;
    std::string type, bytes;
  };
  File FileAt(const std::string& url) const;
  http::Service* ServiceAt(const std::string& url) const;
  base::Task<base::Result<http::ClientResponse>> Serve(http::ClientRequest request);
  base::Task<base::Result<http::ClientResponse>> Transcribe(http::ClientRequest request,
                                                            EndpointBehaviour behaviour);

  base::Scheduler& scheduler_;
  std::map<std::string, EndpointBehaviour> endpoints_;
  std::vector<Post> endpoint_calls_;
  std::map<std::string, Behaviour> behaviours_;
  std::map<std::string, File> files_;
  std::map<std::string, Host> hosts_;
  std::map<std::string, Service, std::greater<>> services_;  // the longer of two bases first
  std::vector<Post> posts_;
};

}  // namespace parley::testing
