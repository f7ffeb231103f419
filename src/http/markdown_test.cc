#include "http/markdown.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "base/fields.h"

namespace parley::http {
namespace {

struct Part {
  std::string name;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("name", &Part::name, base::Doc("a | b")));
  }
};

struct Thing {
  std::optional<std::string> label;
  std::vector<Part> parts;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("label", &Thing::label, base::MaxLength(9)),
                           base::Required("parts", &Thing::parts, base::Doc("What it is of")));
  }
};

constexpr QuerySpec kQuery[] = {{"limit", "How many", true}};
constexpr ResponseSpec kResponses[] = {{200, "The thing", &base::Describe<Thing>}, {404, "None"}};

TEST(Markdown, PrintsParametersBodiesAndAnswers) {
  const DocumentedRoute routes[] = {
      {{Method::kPost, "/things/{id}", "Change a thing", &base::Describe<Part>, kQuery, kResponses},
       true},
      {{Method::kGet, "/open", "Look"}, false},
  };
  constexpr SecuritySpec kToken = {"token", "apiKey", "", "query", "token"};
  EXPECT_EQ(PrintMarkdown("Things", kToken, routes),
            R"(# Things

This page is printed from the route table.

Callers authenticate with `?token=<key>`.

## POST /things/{id}

Change a thing.

| Parameter | Meaning |
|---|---|
| `limit` | Required. How many |

Body:

| Field | Type | Always | Meaning |
|---|---|---|---|
| `name` | string | yes | a \| b |

Answers 200: The thing.

| Field | Type | Always | Meaning |
|---|---|---|---|
| `label` | string |  | length at most 9 |
| `parts` | list of object | yes | What it is of |
| `parts[].name` | string | yes | a \| b |

Answers 404: None.

## GET /open

Look. Needs no key.
)");
}

TEST(Markdown, SaysWhatHoldsForAllAndWhatBodiesComeAs) {
  const DocumentedRoute routes[] = {
      {{Method::kPost, "/a", "A", &base::Describe<Part>}, true, "JSON or form"}};
  constexpr SecuritySpec kToken = {"token", "apiKey", "", "query", "token"};
  const std::string text = PrintMarkdown("Things", kToken, routes, "Mind the gap.");
  EXPECT_NE(text.find("`?token=<key>`.\n\nMind the gap.\n\n## POST /a\n"), std::string::npos);
  EXPECT_NE(text.find("\nBody, as JSON or form:\n"), std::string::npos);
}

TEST(Markdown, SaysHowToAuthenticate) {
  constexpr SecuritySpec kHeader = {"key", "apiKey", "", "header", "X-Key"};
  constexpr SecuritySpec kBearer = {"key", "http", "bearer", "", ""};
  EXPECT_NE(PrintMarkdown("", kHeader, {}).find("`X-Key: <key>`"), std::string::npos);
  EXPECT_NE(PrintMarkdown("", kBearer, {}).find("`Authorization: Bearer <key>`"),
            std::string::npos);
}

}  // namespace
}  // namespace parley::http
