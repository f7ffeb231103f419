// The reference of the accept benchmark: Parley's own HTTP server, router-free, that decodes the
// same JSON body with the same field binder and answers as large a JSON body, but stores nothing.
//
//   echo             (the port is printed first; ends with SIGTERM)
#include <csignal>
#include <cstdio>

#include "api/wapio/schema.h"
#include "base/fields.h"
#include "base/log.h"
#include "http/server.h"

namespace parley::benchmarks {
namespace {

class Echo final : public http::Service {
 public:
  std::size_t BodyLimit(const http::Request&) const override { return 1 << 20; }

  base::Task<http::Response> Handle(http::Request request) override {
    auto body = base::DecodeText<api::wapio::SendMessageBody>(request.body, api::wapio::kRules);
    if (!body) co_return http::Response::Json(422, "{}");
    api::wapio::SendReply reply;
    reply.msg_id = "bps_msg_0123456789abcdef0123456789abcdef";
    reply.jid = body->to.value_or("") + "@s.whatsapp.net";
    reply.status = "queued";
    co_return http::Response::Json(202, base::EncodeText(reply));
  }
};

int Serve() {
  base::ConfigureLog(base::LogLevel::kError, base::LogFormat::kText);
  base::RealScheduler scheduler;
  Echo echo;
  auto server = http::Listen(scheduler, echo, http::ServerOptions());
  if (!server) return 1;
  std::printf("%d\n", (*server)->port());
  std::fflush(stdout);
  scheduler.Run();
  return 0;
}

}  // namespace
}  // namespace parley::benchmarks

int main() { return parley::benchmarks::Serve(); }
