#include "tests/support/virtual_internet.h"

namespace parley::testing {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr base::Duration kLatency = std::chrono::milliseconds(3);

}  // namespace

void VirtualInternet::PutFile(const std::string& url, std::string type, std::string bytes) {
  files_[url] = File{200, std::move(type), std::move(bytes)};
}

void VirtualInternet::FailFile(const std::string& url, int status) {
  files_[url] = {status, "", ""};
}

void VirtualInternet::TakeOver(VirtualInternet& other) {
  behaviours_ = std::move(other.behaviours_);
  files_ = std::move(other.files_);
  posts_ = std::move(other.posts_);
  endpoints_ = std::move(other.endpoints_);
  endpoint_calls_ = std::move(other.endpoint_calls_);
}

VirtualInternet::File VirtualInternet::FileAt(const std::string& url) const {
  if (const auto found = files_.find(url); found != files_.end()) return found->second;
  for (const auto& [base, host] : hosts_)
    if (url.starts_with(base))
      if (auto bytes = host(url.substr(base.size())))
        return File{200, "application/octet-stream", std::move(*bytes)};
  return File{404, "", ""};
}

http::Service* VirtualInternet::ServiceAt(const std::string& url) const {
  for (const auto& [base, service] : services_)
    if (url.starts_with(base)) return service();
  return nullptr;
}

// As the server does it: a body over its route's limit is not read.
base::Task<base::Result<http::ClientResponse>> VirtualInternet::Serve(http::ClientRequest request) {
  struct Waiting {
    explicit Waiting(base::Scheduler& scheduler) : over(scheduler) {}
    std::optional<http::Response> answer;
    base::Signal over;
  };
  const auto work = [](http::Service* service, http::Request asked,
                       std::shared_ptr<Waiting> waiting) -> base::Task<> {
    http::Response response = co_await service->Handle(std::move(asked));
    waiting->answer = std::move(response);
    waiting->over.Notify();
  };
  http::Service* service = ServiceAt(request.url);
  PARLEY_CO_TRY(url, http::ParseUrl(request.url));
  http::Request asked;
  asked.method = request.method;
  asked.target = url.target;
  asked.headers = request.headers;
  asked.headers.Set("Host", url.authority);
  asked.remote_address = "192.0.2.7";
  if (request.body.size() > service->BodyLimit(asked))
    asked.body_state = http::BodyState::kTooLarge;
  else
    asked.body = std::move(request.body);
  const auto waiting = std::make_shared<Waiting>(scheduler_);
  scheduler_.Spawn("asked over the internet", work(service, std::move(asked), waiting));
  const base::Microseconds end = scheduler_.Monotonic() + request.timeout;
  while (!waiting->answer && scheduler_.Monotonic() < end)
    co_await waiting->over.WaitFor(std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic()));
  if (!waiting->answer) co_return base::Error(base::ErrorCode::kTimeout, "No answer in time");
  http::ClientResponse response;
  response.status = waiting->answer->status;
  response.headers = waiting->answer->headers;
  response.body = std::string(waiting->answer->text());
  co_return response;
}

base::Task<base::Result<http::ClientResponse>> VirtualInternet::Send(http::ClientRequest request) {
  PARLEY_CO_CHECK(co_await Check(request.url));
  co_await scheduler_.Sleep(kLatency);
  if (request.handed_over) *request.handed_over = true;
  if (ServiceAt(request.url) != nullptr) co_return co_await Serve(std::move(request));
  if (const auto endpoint = endpoints_.find(request.url); endpoint != endpoints_.end()) {
    EndpointBehaviour as_told = endpoint->second;
    co_return co_await Transcribe(std::move(request), std::move(as_told));
  }
  if (request.method == http::Method::kGet) {
    File file = FileAt(request.url);
    http::ClientResponse got;
    got.status = file.status;
    got.truncated = file.bytes.size() > request.max_response;
    got.body = file.bytes.substr(0, request.max_response);
    if (file.status != 0) co_return got;
    co_await scheduler_.Sleep(request.timeout - kLatency);
    co_return base::Error(base::ErrorCode::kTimeout, "No answer in time");
  }
  Behaviour behaviour;
  if (const auto found = behaviours_.find(request.url); found != behaviours_.end()) {
    behaviour = found->second;
    if (found->second.times > 0 && --found->second.times == 0) behaviours_.erase(found);
  }
  Post post;
  post.at = scheduler_.Now();
  post.url = request.url;
  post.headers = request.headers;
  post.body = request.body;
  post.answered = behaviour.status;
  posts_.push_back(std::move(post));
  if (behaviour.status == 0) {
    co_await scheduler_.Sleep(request.timeout - kLatency);
    co_return base::Error(base::ErrorCode::kTimeout, "No answer in time");
  }
  if (behaviour.takes.count() > 0) co_await scheduler_.Sleep(behaviour.takes);
  http::ClientResponse response;
  response.status = behaviour.status;
  if (!behaviour.retry_after.empty()) response.headers.Set("Retry-After", behaviour.retry_after);
  co_return response;
}

base::Task<base::Result<http::ClientResponse>> VirtualInternet::Transcribe(
    http::ClientRequest request, EndpointBehaviour behaviour) {
  Post call;
  call.at = scheduler_.Now();
  call.url = request.url;
  call.headers = request.headers;
  call.body = request.body;
  call.answered = behaviour.status;
  endpoint_calls_.push_back(std::move(call));
  if (behaviour.status == 0) {
    co_await scheduler_.Sleep(request.timeout - kLatency);
    co_return base::Error(base::ErrorCode::kTimeout, "No answer in time");
  }
  http::ClientResponse response;
  response.status = behaviour.status;
  response.body = behaviour.body;
  if (!behaviour.retry_after.empty()) response.headers.Set("Retry-After", behaviour.retry_after);
  co_return response;
}

base::Task<base::Result<http::ClientResponse>> VirtualInternet::Fetch(http::ClientRequest request,
                                                                      http::BodySink& sink) {
  PARLEY_CO_CHECK(co_await Check(request.url));
  co_await scheduler_.Sleep(kLatency);
  if (ServiceAt(request.url) != nullptr) {
    PARLEY_CO_TRY(answer, co_await Serve(std::move(request)));
    PARLEY_CO_CHECK(sink.Start(answer));
    PARLEY_CO_CHECK(sink.Write(answer.body));
    answer.body.clear();
    co_return std::move(answer);
  }
  const File file = FileAt(request.url);
  if (file.status == 0) {
    co_await scheduler_.Sleep(request.timeout - kLatency);
    co_return base::Error(base::ErrorCode::kTimeout, "No answer in time");
  }
  http::ClientResponse response;
  response.status = file.status;
  if (!file.type.empty()) response.headers.Set("Content-Type", file.type);
  PARLEY_CO_CHECK(sink.Start(response));
  for (std::size_t at = 0; at < file.bytes.size(); at += kPiece) {
    const std::string_view piece = std::string_view(file.bytes).substr(at, kPiece);
    PARLEY_CO_CHECK(sink.Write(piece));
  }
  co_return response;
}

base::Task<base::Result<void>> VirtualInternet::Check(std::string url) {
  PARLEY_CO_TRY(parsed, http::ParseUrl(url));
  if (parsed.host.ends_with(".private.test"))
    co_return base::Error(base::ErrorCode::kAddressRefused,
                          "The URL's address is in a private network");
  co_return base::Result<void>();
}

}  // namespace parley::testing
