#include "core/templates/use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::core {
namespace {

using ::testing::HasSubstr;

// "body | button | ...", or what is wrong with it.
std::string Use(const std::string& components, const std::string& parameters) {
  Template subject;
  subject.name = "visit";
  subject.language = "en";
  subject.status = TemplateStatus::kApproved;
  subject.components = base::ParseJson(components).value();
  TemplateContent content;
  content.name = "visit";
  content.language = "en";
  content.components = base::ParseJson(parameters).value();
  const auto used = UseTemplate({subject}, content);
  if (!used) return used.error().faults.at(0).text;
  std::string text = content.body;
  for (const std::string& button : content.buttons) text += "|" + button;
  return text;
}

std::string Button(const std::string& rest) {
  return R"([{"type": "button", "index": 0, )" + rest + "}]";
}

constexpr char kQuickReply[] = R"([{"type": "BODY", "text": "Come"}, {"type": "BUTTONS",
    "buttons": [{"type": "QUICK_REPLY", "text": "Yes"}]}])";

TEST(UseTemplate, TakesAQuickReplysPayload) {
  const auto use = [](const std::string& rest) { return Use(kQuickReply, Button(rest)); };
  EXPECT_EQ(use(R"("sub_type": "QUICK_REPLY", "parameters": [{"type": "payload",
                  "payload": "y"}])"),
            "Come|Yes");
  EXPECT_EQ(use(R"("parameters": [{"type": "text", "text": "y"}])"), "Come|Yes");
  EXPECT_EQ(use(R"("sub_type": "quick_reply")"), "Come|Yes");
  EXPECT_THAT(use(R"("sub_type": "url", "parameters": [{"type": "text", "text": "y"}])"),
              HasSubstr("button 0 expects sub_type quick_reply"));
  EXPECT_THAT(use(R"("parameters": [{"type": "payload", "text": "y"}])"),
              HasSubstr("a payload of 1 to 256 characters"));
  EXPECT_THAT(
      use(R"("parameters": [{"type": "payload", "payload": ")" + std::string(257, 'x') + R"("}])"),
      HasSubstr("a payload of 1 to 256 characters"));
}

TEST(UseTemplate, TakesAnOneTimePasswordAsUrlOrCode) {
  const std::string code = R"([{"type": "BODY", "text": "Code"}, {"type": "BUTTONS",
      "buttons": [{"type": "OTP", "text": "Copy"}]}])";
  for (const char* name : {"url", "copy_code", "otp"})
    EXPECT_EQ(Use(code, Button(R"("sub_type": ")" + std::string(name) +
                               R"(", "parameters": [{"type": "text", "text": "1"}])")),
              "Code|Copy");
  EXPECT_THAT(Use(code, Button(R"("sub_type": "catalog", "parameters": [{}])")),
              HasSubstr("sub_type otp"));
}

TEST(UseTemplate, TakesDatesWithoutATextOfTheirOwn) {
  const std::string body = R"([{"type": "BODY", "text": "On {{1}}"}])";
  const auto date = [&](const std::string& given) {
    return Use(body, R"([{"type": "body", "parameters": [{"type": "date_time",
                          "date_time": )" +
                         given + "}]}]");
  };
  EXPECT_EQ(date(R"({"component": {"month": 5, "day_of_month": 1}})"), "On 1 May");
  EXPECT_EQ(date(R"({"unix_epoch": 0})"), "On Thursday, 1 January 1970, 00:00 UTC");
  EXPECT_THAT(date("{}"), HasSubstr("fallback_value, component or unix_epoch"));
}

std::vector<std::string> Order(const std::string& cards) {
  const base::json::value list = base::ParseJson(cards).value();
  const auto ordered = CardsInOrder(list.get_array());
  if (!ordered) return {ordered.error().faults.at(0).text};
  std::vector<std::string> names;
  for (const base::json::object* card : *ordered) names.emplace_back(base::FindText(*card, "n"));
  return names;
}

TEST(CardsInOrder, GoesByTheIndexOfEach) {
  using ::testing::ElementsAre;
  EXPECT_THAT(Order(R"([{"card_index": 2, "n": "c"}, {"card_index": "0", "n": "a"},
                        {"card_index": 1, "n": "b"}])"),
              ElementsAre("a", "b", "c"));
  EXPECT_THAT(Order(R"([{"n": "a"}, {"n": "b"}])"), ElementsAre("a", "b"));
  EXPECT_THAT(Order("[]"), ElementsAre());
}

TEST(CardsInOrder, RefusesPlacesThatAreTakenOrNotThere) {
  const auto fault = [](const std::string& cards) { return Order(cards).at(0); };
  EXPECT_EQ(fault(R"([{"card_index": 0}, {"card_index": 0}])"),
            "cards[1].card_index is there twice: 0");
  EXPECT_EQ(fault(R"([{"card_index": 1}, {}])"), "cards[1].card_index is there twice: 1");
  for (const char* index : {"2", "-1", "\"one\"", "1.5", "18446744073709551615", "null"})
    EXPECT_EQ(fault(std::string(R"([{}, {"card_index": )") + index + "}]"),
              "cards[1].card_index must be 0 to 1, each once")
        << index;
  EXPECT_EQ(fault("[7]"), "cards[0] must be an object");
  EXPECT_EQ(fault("[{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}]"),
            "A carousel has at most 10 cards");
}

}  // namespace
}  // namespace parley::core
