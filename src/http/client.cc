#include "http/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/encoding.h"
#include "http/exchange.h"
#include "http/forms.h"
#include "http/grammar.h"

namespace parley::http {
namespace {

constexpr base::Duration kCheckTimeout = std::chrono::seconds(10);

constexpr std::string_view kClientsOwn[] = {"Host", "Content-Length", "Transfer-Encoding",
                                            "Connection"};

base::Result<void> CheckHeaders(const Headers& headers) {
  for (const auto& [name, value] : headers.fields()) {
    if (!IsToken(name) || !IsFieldValue(value))
      return base::FieldError("headers",
                              "A header name or value has characters that are not allowed");
    for (const std::string_view own : kClientsOwn)
      if (EqualIgnoringCase(name, own))
        return base::FieldError("headers", "The header " + name + " cannot be set");
  }
  return {};
}

void AppendField(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

// The request up to its body.
base::Result<std::string> MakeHead(const ClientRequest& request, const Url& url,
                                   const ClientOptions& options) {
  if (request.method == Method::kOther) return base::FieldError("method", "Not a known method");
  PARLEY_CHECK(CheckHeaders(request.headers));
  std::string head;
  head.reserve(512);
  head.append(NameOf(request.method)).append(" ").append(url.target).append(" HTTP/1.1\r\n");
  AppendField(head, "Host", url.authority);
  if (!request.headers.Has("User-Agent")) AppendField(head, "User-Agent", options.user_agent);
  if (!request.headers.Has("Accept")) AppendField(head, "Accept", "*/*");
  if (!url.user_info.empty() && !request.headers.Has("Authorization")) {
    const auto user_info = PercentDecode(url.user_info, false);
    if (!user_info) return base::FieldError("url", "The user information is malformed");
    AppendField(head, "Authorization", "Basic " + base::ToBase64(*user_info));
  }
  for (const auto& [name, value] : request.headers.fields()) AppendField(head, name, value);
  // Without a length a server could not tell a POST without a body from one whose body is to come.
  const bool may_have_body = request.method == Method::kPost || request.method == Method::kPut ||
                             request.method == Method::kPatch;
  if (may_have_body || !request.body.empty())
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", request.body.size());
  return head.append("\r\n");
}

base::Error ClosedError() {
  return base::Error(base::ErrorCode::kUnavailable, "The HTTP client was closed");
}

// Starts a call, which ends after `timeout` at the latest.
class TimedCall {
 public:
  TimedCall(ClientState& client, base::Duration timeout, const Url& url)
      : scheduler_(client.scheduler), call_(std::make_shared<Call>(client.scheduler)) {
    client.calls.push_back(*call_);
    auto end = [weak = call_->weak_from_this(), host = url.authority] {
      if (const auto call = weak.lock())
        call->End(base::Error(base::ErrorCode::kTimeout, "No answer from " + host + " in time"));
    };
    timer_ = scheduler_.After(timeout, std::move(end));
  }
  const std::shared_ptr<Call>& call() const { return call_; }
  void Done() { scheduler_.Cancel(timer_); }

 private:
  base::Scheduler& scheduler_;
  const std::shared_ptr<Call> call_;
  base::Scheduler::TimerId timer_;
};

base::Task<base::Result<ClientResponse>> Run(std::shared_ptr<ClientState> client,
                                             ClientRequest request, BodySink* sink) {
  if (client->closed) co_return ClosedError();
  PARLEY_CO_TRY(url, ParseUrl(request.url));
  PARLEY_CO_TRY(head, MakeHead(request, url, client->options));
  TimedCall timed(*client, request.timeout, url);
  Exchange exchange(client, timed.call(), url, request, std::move(head), sink);
  base::Result<ClientResponse> result = co_await exchange.Run();
  timed.Done();
  co_return result;
}

base::Task<base::Result<void>> CheckHost(std::shared_ptr<ClientState> client, std::string text) {
  if (client->closed) co_return ClosedError();
  PARLEY_CO_TRY(url, ParseUrl(text));
  TimedCall timed(*client, kCheckTimeout, url);
  const auto addresses = co_await ResolveFor(timed.call(), client, url.host);
  timed.Done();
  if (!addresses) co_return addresses.error();
  co_return base::Result<void>();
}

class PooledClient final : public Client {
 public:
  explicit PooledClient(std::shared_ptr<ClientState> state) : state_(std::move(state)) {}
  ~PooledClient() override {
    state_->closed = true;
    while (!state_->calls.empty()) {
      Call& call = state_->calls.front();
      state_->calls.pop_front();
      call.End(ClosedError());
    }
    state_->pool->Close();
  }

  base::Task<base::Result<ClientResponse>> Send(ClientRequest request) override {
    return Run(state_, std::move(request), nullptr);
  }
  base::Task<base::Result<ClientResponse>> Fetch(ClientRequest request, BodySink& sink) override {
    return Run(state_, std::move(request), &sink);
  }
  base::Task<base::Result<void>> Check(std::string url) override {
    return CheckHost(state_, std::move(url));
  }

 private:
  const std::shared_ptr<ClientState> state_;
};

}  // namespace

base::Result<std::unique_ptr<Client>> MakeClient(base::Scheduler& scheduler, Resolver& resolver,
                                                 const AddressGuard& guard, ClientOptions options) {
  if (options.tls == nullptr) {
    PARLEY_TRY(tls, MakeTlsContext({}));
    options.tls = std::move(tls);
  }
  auto state = std::make_shared<ClientState>(scheduler, resolver, guard, std::move(options));
  return std::unique_ptr<Client>(std::make_unique<PooledClient>(std::move(state)));
}

}  // namespace parley::http
