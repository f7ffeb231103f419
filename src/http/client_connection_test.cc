// TLS: which servers a client believes.
#include "http/client_connection.h"

#include <gtest/gtest.h>

#include "http/test_client.h"
#include "http/test_tls.h"

namespace parley::http {
namespace {

class Tls : public testing::Test {
 protected:
  Tls() : client(Trusting(authority)) { client.resolver->hosts["other.example"] = {"127.0.0.1"}; }
  static ClientOptions Trusting(const TestAuthority& authority) {
    ClientOptions options;
    options.tls = MakeTlsContext({authority.file()}).value();
    return options;
  }
  // Why the client does not talk to the server.
  static std::string Refusal(TestClient& client, const std::string& url) {
    const Answer answer = client.Send(Post(url, "secret"));
    if (answer) return "none";
    EXPECT_EQ(answer.error().code, base::ErrorCode::kUnavailable);
    return answer.error().text;
  }

  TestAuthority authority;
  TestClient client;
};

TEST_F(Tls, TalksToAServerThatItsAuthorityVouchesFor) {
  TlsServer server(authority.Issue("DNS:localhost"));
  for (int i = 0; i < 3; ++i) {
    const Answer answer = client.Send(Get(server.url("localhost")));
    ASSERT_TRUE(answer) << answer.error().text << answer.error().detail;
    EXPECT_EQ(answer->body, "ok");
  }
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(server.requests(), 3);
  EXPECT_EQ(server.server_name(), "localhost");
}

TEST_F(Tls, TakesACertificateForAnAddress) {
  TlsServer server(authority.Issue("IP:127.0.0.1"));
  ASSERT_TRUE(client.Send(Get(server.url("127.0.0.1"))));
  EXPECT_EQ(server.server_name(), "");
}

TEST_F(Tls, RefusesACertificateForAnotherHost) {
  TlsServer server(authority.Issue("DNS:localhost,DNS:*.wild.example"));
  EXPECT_EQ(Refusal(client, server.url("other.example")),
            "The TLS certificate of other.example was not accepted: hostname mismatch");
  EXPECT_EQ(Refusal(client, server.url("127.0.0.1")),
            "The TLS certificate of 127.0.0.1 was not accepted: IP address mismatch");
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, RefusesAnUnknownAuthority) {
  TlsServer server(authority.Issue("DNS:localhost"));
  TestClient stranger;
  EXPECT_EQ(Refusal(stranger, server.url("localhost")),
            "The TLS certificate of localhost was not accepted: "
            "unable to get local issuer certificate");
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, RefusesAnExpiredCertificate) {
  TlsServer server(authority.Issue("DNS:localhost", true));
  EXPECT_EQ(Refusal(client, server.url("localhost")),
            "The TLS certificate of localhost was not accepted: certificate has expired");
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, RefusesOldVersions) {
  TlsServer server(authority.Issue("DNS:localhost"), TLS1_1_VERSION);
  EXPECT_EQ(Refusal(client, server.url("localhost")), "The TLS handshake with localhost failed");
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, RefusesAServerWithoutTls) {
  TestServer server([](Request) -> base::Task<Response> { co_return Response::Text(200, "x"); });
  EXPECT_EQ(Refusal(client, "https://localhost:" + std::to_string(server.port()) + "/"),
            "The TLS handshake with localhost failed");
  EXPECT_EQ(server.counters().requests, 0);
}

TEST_F(Tls, TimesOutInAHandshakeThatNobodyAnswers) {
  RawListener listener;
  ClientRequest request = Get("https://localhost:" + std::to_string(listener.port()) + "/");
  request.timeout = base::Duration(50);
  EXPECT_EQ(client.Send(request).error().code, base::ErrorCode::kTimeout);
}

TEST_F(Tls, EndsWithItsClient) {
  RawListener listener;
  auto answer = client.Start(Get("https://localhost:" + std::to_string(listener.port()) + "/"));
  RawClient connection = listener.Accept();
  connection.Read(5);  // in the middle of the handshake
  client.Drop();
  EXPECT_FALSE(answer.get());
}

TEST_F(Tls, NamesAFileThatHoldsNoAuthority) {
  const auto made = MakeTlsContext({"/nowhere/ca.pem"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().text.substr(0, 41), "The CA file /nowhere/ca.pem cannot be use");
}

}  // namespace
}  // namespace parley::http
