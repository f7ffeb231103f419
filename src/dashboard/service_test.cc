#include "dashboard/service.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <optional>
#include <string>
#include <vector>

#include "base/scheduler.h"

namespace parley::dashboard {
namespace {

// As the build compresses files.
std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

class DashboardTest : public ::testing::Test {
 protected:
  http::Response Call(http::Method method, const std::string& target, const char* header = "",
                      const std::string& value = "") {
    http::Request request;
    request.method = method;
    request.target = target;
    if (*header) request.headers.Set(header, value);
    std::optional<http::Response> response;
    base::VirtualScheduler scheduler{base::Time()};
    auto run = [&]() -> base::Task<> { response = co_await service->Handle(std::move(request)); };
    scheduler.Spawn("call", run());
    scheduler.RunReady();
    return std::move(*response);
  }
  http::Response Get(const std::string& target, const char* header = "",
                     const std::string& value = "") {
    return Call(http::Method::kGet, target, header, value);
  }

  // More than one piece of inflating.
  const std::string script = std::string(200'000, 'x') + "alert(1)";
  const std::string index_gzip = Gzip("<html>"), script_gzip = Gzip(script);
  const std::vector<File> files = {
      {"index.html", "text/html; charset=utf-8", "\"1\"", index_gzip, false},
      {"assets/index-abc.js", "text/javascript; charset=utf-8", "\"2\"", script_gzip, true},
  };
  std::unique_ptr<http::Service> service = MakeService(files);
};

TEST_F(DashboardTest, SendsFilesWithTheirTypes) {
  const http::Response index = Get("/ui/");
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.text(), "<html>");
  EXPECT_EQ(index.headers.Get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(index.headers.Get("Cache-Control"), "no-cache");
  const http::Response asset = Get("/ui/assets/index-abc.js");
  EXPECT_EQ(asset.text(), script);
  EXPECT_EQ(asset.headers.Get("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(asset.headers.Get("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(DashboardTest, RoutesOfThePageAreThePage) {
  for (const char* target :
       {"/ui/", "/ui/?x=y", "/ui/index.html", "/ui/channels", "/ui/inbox/1555@s.whatsapp.net/"})
    EXPECT_EQ(Get(target).text(), "<html>") << target;
  for (const char* target : {"/ui/assets/", "/ui/assets/index-old.js", "/ui/assets/../index.html"})
    EXPECT_EQ(Get(target).status, 404) << target;
}

TEST_F(DashboardTest, RedirectsToItself) {
  for (const char* target : {"/", "/ui", "/ui?x=y"}) {
    const http::Response response = Get(target);
    EXPECT_EQ(response.status, 302) << target;
    EXPECT_EQ(response.headers.Get("Location"), "/ui/") << target;
  }
}

TEST_F(DashboardTest, SendsCompressedToWhoTakesIt) {
  struct Case {
    const char* accept;
    bool gzip;
  };
  constexpr Case kCases[] = {
      {"gzip", true},
      {"gzip, deflate, br", true},
      {"br;q=1.0, GZIP;q=0.5", true},
      {"*", true},
      {"", false},
      {"br", false},
      {"identity", false},
      {"gzip;q=0", false},
      {"gzip; q=0.000, *", false},
      {"*;q=0", false},
      {"*;q=0, gzip", true},
      {"xgzip", false},
  };
  for (const Case& one : kCases) {
    const http::Response response = Get("/ui/assets/index-abc.js", "Accept-Encoding", one.accept);
    EXPECT_EQ(response.headers.Get("Content-Encoding"), one.gzip ? "gzip" : "") << one.accept;
    EXPECT_EQ(response.text(), one.gzip ? script_gzip : script) << one.accept;
    EXPECT_EQ(response.headers.Get("Vary"), "Accept-Encoding");
  }
}

TEST_F(DashboardTest, SendsNothingToWhoHasItAlready) {
  const std::string etag(Get("/ui/").headers.Get("ETag"));
  EXPECT_EQ(etag, "W/\"1\"");
  for (const std::string& known :
       {etag, std::string("\"1\""), "\"0\", " + etag, std::string("*")}) {
    const http::Response response = Get("/ui/", "If-None-Match", known);
    EXPECT_EQ(response.status, 304) << known;
    EXPECT_EQ(response.text(), "");
    EXPECT_EQ(response.headers.Get("ETag"), etag);
    EXPECT_EQ(response.headers.Get("Cache-Control"), "no-cache");
  }
  EXPECT_EQ(Get("/ui/", "If-None-Match", "\"2\"").status, 200);
  EXPECT_EQ(Get("/ui/", "If-None-Match", "").status, 200);
}

TEST_F(DashboardTest, IsOnlyRead) {
  EXPECT_EQ(Call(http::Method::kHead, "/ui/").status, 200);
  for (const http::Method method : {http::Method::kPost, http::Method::kOther}) {
    const http::Response response = Call(method, "/ui/");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.Get("Allow"), "GET, HEAD");
  }
}

TEST_F(DashboardTest, EveryAnswerIsGuarded) {
  const auto expect_guarded = [](const http::Response& response) {
    const std::string policy(response.headers.Get("Content-Security-Policy"));
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "));
    EXPECT_TRUE(policy.ends_with("form-action 'self'; frame-ancestors 'none'"));
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(response.headers.Get("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(response.headers.Get("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(response.headers.Get("Cross-Origin-Opener-Policy"), "same-origin");
  };
  for (const char* target : {"/", "/ui/", "/ui/assets/index-abc.js", "/ui/assets/none"})
    expect_guarded(Get(target));
  expect_guarded(Get("/ui/", "If-None-Match", "*"));
  expect_guarded(Call(http::Method::kPost, "/ui/"));
}

TEST_F(DashboardTest, SaysHowItIsBuilt) {
  service = MakeService({});
  const http::Response response = Get("/ui/");
  EXPECT_EQ(response.status, 404);
  EXPECT_NE(response.text().find("./build"), std::string_view::npos);
}

}  // namespace
}  // namespace parley::dashboard
