#include "base/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/names.h"
#include "base/uuid.h"

namespace parley::base {
namespace {

enum class Color { kRed = 1, kBlue = 2 };
constexpr EnumNames<Color, 2> kColorNames({{Color::kRed, "red"}, {Color::kBlue, "blue"}});
PARLEY_ENUM_NAMES(Color, kColorNames)

struct Place {
  double latitude = 0;
  std::optional<std::string> name;
  static constexpr auto Fields() {
    return FieldList(Required("latitude", &Place::latitude, Range(-90, 90)),
                     Optional("name", &Place::name, MaxLength(5)));
  }
};

constexpr std::string_view kKinds[] = {"text", "place"};

struct Order {
  std::string to;
  std::optional<std::string> kind;
  std::int64_t count = 1;
  bool urgent = false;
  std::optional<Place> place;
  std::vector<Place> stops;
  std::optional<Uuid> id;
  Color color = Color::kRed;
  std::optional<std::string> note;

  static constexpr auto Fields() {
    return FieldList(Required("to", &Order::to, MinLength(2), MaxLength(6)),
                     Optional("kind", &Order::kind, OneOf(kKinds)),
                     Optional("count", &Order::count, Range(1, 9)),
                     Optional("urgent", &Order::urgent), Optional("place", &Order::place),
                     Optional("stops", &Order::stops, MaxLength(2)), Optional("id", &Order::id),
                     Optional("color", &Order::color),
                     Optional("note", &Order::note, Alias("remark"), NullWhenAbsent()));
  }
};

std::vector<std::string> FaultsOf(std::string_view text, const DecodeRules& rules = {}) {
  auto order = DecodeText<Order>(text, rules);
  std::vector<std::string> faults;
  if (order) return faults;
  for (const FieldFault& fault : order.error().faults)
    faults.push_back(fault.path + ": " + fault.text);
  return faults;
}

TEST(AppendText, EscapesTextsOfEveryLength) {
  for (std::size_t length = 0; length <= 200; ++length) {
    const std::string plain(length, 'x');
    std::string out = "[";
    AppendText(out, plain);
    EXPECT_EQ(out, "[\"" + plain + "\"");
    for (const std::size_t at : {std::size_t{0}, length / 2, length}) {
      std::string special = plain;
      special.insert(at, "\"");
      out.clear();
      AppendText(out, special);
      const auto read = ParseJson(out);
      ASSERT_TRUE(read) << out;
      EXPECT_EQ(*read, json::value(special));
      EXPECT_EQ(out.size(), length + 4);
    }
  }
}

TEST(AppendName, SeparatesMembersWhateverTheirLength) {
  for (const std::size_t length : {std::size_t{1}, std::size_t{60}, std::size_t{61}}) {
    const std::string name(length, 'n');
    std::string out = "{";
    AppendName(out, name);
    out += "1";
    AppendName(out, "b");
    out += "2}";
    EXPECT_EQ(out, "{\"" + name + "\":1,\"b\":2}");
  }
}

TEST(Fields, DecodesEveryMemberType) {
  auto order = DecodeText<Order>(R"({"to": "ab", "kind": "text", "count": 3, "urgent": true,
      "place": {"latitude": -1.5}, "stops": [{"latitude": 2, "name": "x"}],
      "id": "018f0000-0000-7000-8000-000000000001", "color": "blue", "remark": "r",
      "unknown": [1]})");
  ASSERT_TRUE(order);
  EXPECT_EQ(order->count, 3);
  EXPECT_EQ(order->place->latitude, -1.5);
  EXPECT_EQ(*order->stops[0].name, "x");
  EXPECT_EQ(order->id->ToText(), "018f0000-0000-7000-8000-000000000001");
  EXPECT_EQ(order->color, Color::kBlue);
  EXPECT_EQ(*order->note, "r");
}

TEST(Fields, ReportsEveryFaultWithItsPath) {
  EXPECT_THAT(FaultsOf(R"({"kind": "poll", "count": 10, "urgent": 1, "place": {},
                           "stops": [{"latitude": "x"}, {"latitude": 91, "name": "toolong"}],
                           "id": "zz"})"),
              testing::ElementsAre(
                  "to: Required", "kind: Invalid value. Expected 'text' | 'place'",
                  "count: Number must be from 1 to 9", "urgent: Expected boolean, received number",
                  "place.latitude: Required", "stops[0].latitude: Expected number, received string",
                  "stops[1].latitude: Number must be from -90 to 90",
                  "stops[1].name: String must contain at most 5 character(s)", "id: Malformed id"));
}

TEST(Fields, CountsCharactersNotBytes) {
  EXPECT_THAT(FaultsOf("{\"to\": \"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"}"),
              testing::IsEmpty());
  EXPECT_THAT(FaultsOf("{\"to\": \"\xC3\xA9\"}"),
              testing::ElementsAre("to: String must contain at least 2 character(s)"));
}

TEST(Fields, ReadsByTheDialectsRules) {
  DecodeRules rules;
  rules.empty_is_absent = true;
  rules.text_for_numbers = true;
  rules.numbers_for_text = true;
  rules.json_in_text = true;
  auto order = DecodeText<Order>(
      R"({"to": 12345, "kind": "", "count": "4", "urgent": "1", "stops": "[{\"latitude\":\"1.5\"}]"})",
      rules);
  ASSERT_TRUE(order);
  EXPECT_EQ(order->to, "12345");
  EXPECT_FALSE(order->kind);
  EXPECT_EQ(order->count, 4);
  EXPECT_TRUE(order->urgent);
  EXPECT_EQ(order->stops[0].latitude, 1.5);
  EXPECT_THAT(FaultsOf(R"({"to": ""})", rules), testing::ElementsAre("to: Required"));
}

TEST(Fields, EncodesInOrderAndEscapes) {
  Order order;
  order.to = "a\"\\\n\x01\xC3\xA9";
  order.place.emplace();
  EXPECT_EQ(EncodeText(order),
            "{\"to\":\"a\\\"\\\\\\n\\u0001\xC3\xA9\",\"count\":1,\"urgent\":false,"
            "\"place\":{\"latitude\":0.0},\"stops\":[],\"color\":\"red\",\"note\":null}");
}

// Every byte at every place of texts of every length, which are read eight bytes at a time.
TEST(Fields, EscapesWhereverAByteStands) {
  for (std::size_t size = 1; size <= 20; ++size)
    for (int byte = 0; byte < 256; ++byte)
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        if (byte >= 0x80) text.replace(at, 1, "\xC3\xA9");
        std::string out;
        AppendText(out, text);
        auto parsed = ParseJson(out);
        ASSERT_TRUE(parsed) << "byte " << byte << " at " << at << " of " << size;
        EXPECT_EQ(parsed->as_string(), text) << "byte " << byte << " at " << at << " of " << size;
        const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
        EXPECT_EQ(out.find('\\') != std::string::npos, escaped) << "byte " << byte << " at " << at;
      }
}

TEST(Fields, DescribesItself) {
  const json::object schema = Describe<Place>();
  EXPECT_EQ(ToText(schema), R"({"type":"object","properties":{"latitude":{"type":"number"},)"
                            R"("name":{"type":"string","maxLength":5}},"required":["latitude"]})");
}

}  // namespace
}  // namespace parley::base
