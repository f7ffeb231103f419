#include "http/openapi.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

namespace json = base::json;

json::object TextSchema() {
  json::object schema;
  schema["type"] = "string";
  return schema;
}

constexpr QuerySpec kQuery[] = {{"limit", "How many", false}, {"token", "", true}};
constexpr ResponseSpec kResponses[] = {{200, "The thing", &TextSchema}, {404, "No such thing"}};
constexpr SecuritySpec kBearer = {"bearer", "http", "bearer", "", ""};
constexpr SecuritySpec kToken = {"token", "apiKey", "", "query", "token"};

const json::value kDocument = [] {
  json::object document = NewDocument("Parley", "1.0");
  const RouteSpec get{Method::kGet, "/things/{id}/{part}", "Get a thing", nullptr, kQuery,
                      kResponses};
  const RouteSpec put{Method::kPut, "/things/{thing}/{piece}", "Replace", &TextSchema};
  const RouteSpec open{Method::kGet, "/open", "Open to all"};
  AddRoute(document, get, "things", &kBearer);
  AddRoute(document, put, "things", &kToken);
  AddRoute(document, open, "other", nullptr);
  return json::value(std::move(document));
}();

std::string At(std::string_view pointer) {
  return base::ToText(kDocument.at_pointer(base::JsonView(pointer)));
}

TEST(OpenApi, NamesItsVersionAndTitle) {
  EXPECT_EQ(At("/openapi"), R"("3.1.0")");
  EXPECT_EQ(At("/info"), R"({"title":"Parley","version":"1.0"})");
  EXPECT_EQ(At("/tags"), R"([{"name":"things"},{"name":"other"}])");
}

TEST(OpenApi, PrintsParameters) {
  EXPECT_EQ(At("/paths/~1things~1{id}~1{part}/get/parameters"),
            R"([{"name":"id","in":"path","required":true,"schema":{"type":"string"}},)"
            R"({"name":"part","in":"path","required":true,"schema":{"type":"string"}},)"
            R"({"name":"limit","in":"query","description":"How many","required":false,)"
            R"("schema":{"type":"string"}},)"
            R"({"name":"token","in":"query","required":true,"schema":{"type":"string"}}])");
}

TEST(OpenApi, PrintsBodiesAndResponses) {
  EXPECT_EQ(At("/paths/~1things~1{id}~1{part}/put/requestBody"),
            R"({"required":true,"content":{"application/json":{"schema":{"type":"string"}}}})");
  EXPECT_EQ(At("/paths/~1things~1{id}~1{part}/get/responses"),
            R"({"200":{"description":"The thing","content":{"application/json":)"
            R"({"schema":{"type":"string"}}}},"404":{"description":"No such thing"}})");
  EXPECT_EQ(At("/paths/~1open/get/responses"), R"({"default":{"description":"The answer"}})");
}

// OpenAPI 3.1, 4.8.8: templated paths with the same hierarchy must not exist as they are identical.
TEST(OpenApi, PutsPathsThatDifferOnlyInParameterNamesTogether) {
  EXPECT_EQ(kDocument.at("paths").as_object().size(), 2u);
  EXPECT_EQ(At("/paths/~1things~1{id}~1{part}/put/parameters/1/name"), R"("part")");
}

TEST(OpenApi, PrintsSecurity) {
  EXPECT_EQ(At("/components/securitySchemes/bearer"), R"({"type":"http","scheme":"bearer"})");
  EXPECT_EQ(At("/components/securitySchemes/token"),
            R"({"type":"apiKey","in":"query","name":"token"})");
  EXPECT_EQ(At("/paths/~1things~1{id}~1{part}/get/security"), R"([{"bearer":[]}])");
  EXPECT_FALSE(kDocument.at_pointer("/paths/~1open/get").as_object().contains("security"));
}

}  // namespace
}  // namespace parley::http
