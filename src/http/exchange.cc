#include "http/exchange.h"

#include <algorithm>

namespace parley::http {
namespace {

using boost::system::error_code;

constexpr std::size_t kReadBuffer = 64 * 1024;
constexpr int kMaxInterimAnswers = 16;
// A connection is given up this much before the server does, so that they do not meet.
constexpr base::Duration kKeepAliveMargin = std::chrono::seconds(1);

// RFC 9110, section 9.2.2.
bool IsIdempotent(Method method) { return method != Method::kPost && method != Method::kPatch; }

base::Task<> Resolve(std::shared_ptr<Call> call, std::shared_ptr<ClientState> client,
                     std::string host,
                     std::shared_ptr<std::optional<base::Result<std::vector<std::string>>>> out) {
  *out = co_await ResolveAllowed(client->resolver, client->guard, std::move(host));
  call->Continue();
}

}  // namespace

ClientState::ClientState(base::Scheduler& scheduler, Resolver& resolver, const AddressGuard& guard,
                         ClientOptions options)
    : scheduler(scheduler),
      resolver(resolver),
      guard(guard),
      options(std::move(options)),
      pool(std::make_shared<ConnectionPool>(scheduler, this->options)),
      read_buffer(kReadBuffer) {}

// A lookup cannot be broken off. It runs beside the call, which may end before it.
base::Task<base::Result<std::vector<std::string>>> ResolveFor(std::shared_ptr<Call> call,
                                                              std::shared_ptr<ClientState> client,
                                                              std::string host) {
  auto answer = std::make_shared<std::optional<base::Result<std::vector<std::string>>>>();
  client->scheduler.Spawn("resolve a host", Resolve(call, client, std::move(host), answer));
  if (!*answer) co_await call->Wait();
  if (call->end()) co_return *call->end();
  co_return std::move(**answer);
}

Exchange::Exchange(std::shared_ptr<ClientState> client, std::shared_ptr<Call> call, const Url& url,
                   const ClientRequest& request, std::string head, BodySink* sink)
    : client_(std::move(client)),
      call_(std::move(call)),
      url_(url),
      request_(request),
      head_(std::move(head)),
      sink_(sink) {}

base::Task<base::Result<ClientResponse>> Exchange::Run() {
  const std::string key = (url_.tls ? "https://" : "http://") + url_.authority;
  if (!co_await client_->pool->Acquire(key, call_)) co_return *call_->end();
  base::Result<ClientResponse> result = co_await SendOnce();
  client_->pool->Release(key, *call_, idle_limit_);
  co_return result;
}

base::Task<base::Result<ClientResponse>> Exchange::SendOnce() {
  bool reused = call_->connection != nullptr && call_->connection->IsFresh();
  if (!reused) call_->connection.reset();
  for (;;) {
    if (call_->connection == nullptr) PARLEY_CO_CHECK(co_await Connect());
    base::Result<ClientResponse> result = co_await Talk();
    if (result) co_return result;
    if (call_->end()) co_return *call_->end();
    const bool again = reused && !answered_ && (!sent_ || IsIdempotent(request_.method));
    if (!again) co_return result;
    reused = false;
    call_->connection.reset();
  }
}

base::Task<base::Result<void>> Exchange::Connect() {
  PARLEY_CO_TRY(addresses, co_await ResolveFor(call_, client_, url_.host));
  // An address that does not answer leaves time for those behind it.
  const base::Duration share = request_.timeout / static_cast<int>(addresses.size());
  error_code error;
  for (const std::string& text : addresses) {
    const auto address = boost::asio::ip::make_address(text, error);
    if (error) continue;
    call_->connection = std::make_unique<ClientConnection>(client_->scheduler.executor());
    auto give_up = [weak = call_->weak_from_this()] {
      const auto call = weak.lock();
      if (call != nullptr && call->connection != nullptr) call->connection->Close();
    };
    std::optional<base::Scheduler::TimerId> timer;
    if (&text != &addresses.back()) timer = client_->scheduler.After(share, std::move(give_up));
    const ClientConnection::Endpoint endpoint(address, url_.port);
    error = co_await call_->connection->Connect(endpoint);
    if (timer) client_->scheduler.Cancel(*timer);
    if (call_->end()) co_return *call_->end();
    if (error) continue;
    if (!url_.tls) co_return base::Result<void>();
    base::Result<void> started =
        co_await call_->connection->StartTls(client_->options.tls, url_.host);
    if (call_->end()) co_return *call_->end();
    co_return started;
  }
  co_return base::Error(base::ErrorCode::kUnavailable,
                        "Could not connect to " + url_.authority + ": " + error.message());
}

base::Task<base::Result<ClientResponse>> Exchange::Talk() {
  std::size_t written = 0;
  const bool handed_over_before = request_.handed_over && *request_.handed_over;
  if (request_.handed_over) *request_.handed_over = true;
  const error_code not_sent = co_await call_->connection->Write(head_, request_.body, written);
  sent_ = written > 0;
  if (request_.handed_over && !sent_) *request_.handed_over = handed_over_before;
  // Even then: a server may answer and close before it has read everything.
  StartParser();
  Progress progress = Progress::kNeedsMore;
  while (progress == Progress::kNeedsMore) {
    error_code error;
    const std::string_view data = co_await call_->connection->Read(client_->read_buffer, error);
    answered_ = answered_ || !data.empty();
    if (!answered_)
      co_return base::Error(base::ErrorCode::kUnavailable,
                            "The connection to " + url_.authority + " ended before an answer came",
                            (error ? error : not_sent).message());
    if (error)
      co_return base::Error(base::ErrorCode::kUnavailable,
                            "The connection to " + url_.authority + " broke within the answer",
                            error.message());
    progress = data.empty() ? parser_->End() : Feed(data);
  }
  if (progress == Progress::kFault) co_return parser_->error();
  if (progress == Progress::kInterim)
    co_return base::Error(base::ErrorCode::kUnavailable, url_.authority + " never really answers");
  if (progress == Progress::kComplete && !not_sent && unparsed_.empty()) idle_limit_ = IdleLimit();
  co_return std::move(parser_->response());
}

void Exchange::StartParser() {
  parser_.emplace(request_.method == Method::kHead, request_.max_response, sink_);
}

Exchange::Progress Exchange::Feed(std::string_view data) {
  if (!unparsed_.empty()) data = unparsed_.append(data);
  Progress progress = parser_->Parse(data);
  while (progress == Progress::kInterim && ++interim_answers_ <= kMaxInterimAnswers) {
    StartParser();
    progress = data.empty() ? Progress::kNeedsMore : parser_->Parse(data);
  }
  unparsed_ = std::string(data);
  return progress;
}

base::Duration Exchange::IdleLimit() const {
  if (!parser_->keep_alive()) return base::Duration(0);
  const base::Duration limit = client_->options.idle_timeout;
  const auto servers = parser_->keep_alive_timeout();
  return servers ? std::clamp(*servers - kKeepAliveMargin, base::Duration(0), limit) : limit;
}

}  // namespace parley::http
