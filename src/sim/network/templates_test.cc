#include "sim/network/templates.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/template_use.h"
#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

base::json::value Json(std::string_view text) { return base::ParseJson(text).value(); }

constexpr std::string_view kVisit =
    R"([{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Dear {{1}}, come at {{2}}. {{1}}!"},
        {"type":"FOOTER","text":"white"},{"type":"BUTTONS","buttons":[
        {"type":"QUICK_REPLY","text":"Yes"},{"type":"URL","text":"Map","url":"https://x.example/{{1}}"}]}])";

TemplateDraft Draft(std::string name,
                    std::string_view components = R"([{"type":"BODY","text":"Hi"}])",
                    std::string language = "en") {
  TemplateDraft draft;
  draft.name = std::move(name);
  draft.language = std::move(language);
  draft.components = Json(components);
  return draft;
}

class TemplateTest : public testing::Test {
 protected:
  explicit TemplateTest(NetworkOptions options = {}) : world(1, options) {
    PersonChange change;
    change.is_business = true;
    EXPECT_TRUE(world.network->UpdatePerson(kAnn, change));
  }

  std::vector<std::string> Statuses() {
    std::vector<std::string> found;
    for (const Template& subject : world.network->ListTemplates(kAnn).value())
      found.push_back(subject.name + " " + subject.language + " " +
                      std::string(NameOf(subject.status)));
    return found;
  }

  TestWorld world;
  const Actor ann{kAnn, ""};
};

TEST_F(TemplateTest, IsApprovedAfterTheReviewAlsoOverARestart) {
  TestDevice device(world, world.Link(kAnn));
  ASSERT_TRUE(world.network->CreateTemplate(ann, Draft("visit", kVisit)));
  world.Run(std::chrono::seconds(4));
  EXPECT_THAT(Statuses(), ElementsAre("visit en pending"));
  world.Kill();
  world.Run(std::chrono::seconds(1));
  EXPECT_THAT(Statuses(), ElementsAre("visit en approved"));
  EXPECT_EQ(world.network->ListTemplates(kAnn)->at(0).components, Json(kVisit));
}

TEST_F(TemplateTest, IsRejectedWithAReasonAndToldToDevices) {
  TestDevice device(world, world.Link(kAnn, Profile::kBusiness));
  ASSERT_TRUE(world.network->CreateTemplate(ann, Draft("visit")));
  ASSERT_TRUE(world.network->ReviewTemplate(kAnn, "visit", "", TemplateStatus::kRejected,
                                            "ABUSIVE_CONTENT"));
  world.Run();
  EXPECT_THAT(Statuses(), ElementsAre("visit en rejected"));  // the review has nothing more to say
  EXPECT_EQ(world.network->ListTemplates(kAnn)->at(0).rejected_reason, "ABUSIVE_CONTENT");
  EXPECT_THAT(device.heard, ElementsAre("notice template", "notice template"));
  EXPECT_EQ(
      world.network->ReviewTemplate(kAnn, "other", "", TemplateStatus::kApproved, "").error().code,
      base::ErrorCode::kNotFound);
}

TEST_F(TemplateTest, IsRemovedInAllLanguagesAndItsNameRests) {
  ASSERT_TRUE(world.network->CreateTemplate(ann, Draft("visit")));
  ASSERT_TRUE(world.network->CreateTemplate(
      ann, Draft("visit", R"([{"type":"BODY","text":"Hallo"}])", "de")));
  EXPECT_EQ(world.network->CreateTemplate(ann, Draft("visit")).error().code,
            base::ErrorCode::kAlreadyExists);
  ASSERT_TRUE(world.network->RemoveTemplate(ann, "visit"));
  EXPECT_THAT(Statuses(), IsEmpty());
  EXPECT_EQ(world.network->RemoveTemplate(ann, "visit").error().code, base::ErrorCode::kNotFound);
  world.Kill();
  EXPECT_EQ(world.network->CreateTemplate(ann, Draft("visit")).error().code,
            base::ErrorCode::kInvalidState);
  world.Run(kTemplateNameRests);
  EXPECT_TRUE(world.network->CreateTemplate(ann, Draft("visit")));
}

TEST_F(TemplateTest, BelongsToABusiness) {
  EXPECT_EQ(world.network->CreateTemplate({kBob, ""}, Draft("visit")).error().code,
            base::ErrorCode::kNotSupported);
  EXPECT_EQ(world.network->SetCommerce({kBob, ""}, {}).error().code,
            base::ErrorCode::kNotSupported);
  world.Link(kBob, Profile::kBusiness);
  EXPECT_TRUE(world.network->CreateTemplate({kBob, ""}, Draft("visit")));
}

TEST_F(TemplateTest, FaultsAreReportedWithTheirPlace) {
  const auto faults = [](const TemplateDraft& draft) {
    std::vector<std::string> paths;
    const auto checked = Check(draft);
    if (!checked)
      for (const base::FieldFault& fault : checked.error().faults) paths.push_back(fault.path);
    return paths;
  };
  EXPECT_THAT(faults(Draft("visit", kVisit)), IsEmpty());
  EXPECT_THAT(faults(Draft("No Capitals", "[]", "xx")),
              ElementsAre("name", "language", "components"));
  EXPECT_THAT(faults(Draft("x", R"([{"type":"FOOTER","text":"{{1}}"}])")),
              ElementsAre("components[0].text", "components"));
  EXPECT_THAT(
      faults(Draft("x", R"([{"type":"BODY","text":"{{2}}"},{"type":"BODY","text":"{{x}}"}])")),
      ElementsAre("components[0].text", "components[1].type", "components[1].text", "components"));
  EXPECT_THAT(
      faults(Draft("x", R"([{"type":"BODY","text":"b"},{"type":"CAROUSEL","cards":[{"components":
             [{"type":"BODY","text":"b"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"t"}]}]}]}])")),
      ElementsAre("components[1].cards[0].components[1].buttons[0].url"));
  EXPECT_THAT(faults(Draft("x", "7")), ElementsAre("components"));
}

TEST_F(TemplateTest, CommerceIsOnUntilItIsSet) {
  EXPECT_EQ(world.network->CommerceOf(kAnn).value(), (Commerce{true, true}));
  ASSERT_TRUE(world.network->SetCommerce(ann, Commerce{false, true}));
  world.Kill();
  EXPECT_EQ(world.network->CommerceOf(kAnn).value(), (Commerce{false, true}));
}

// "body | footer | buttons", or the code that it is refused with.
std::string Use(std::string_view components, std::string_view parameters) {
  Template subject;
  subject.components = Json(components);
  const auto used = UseTemplate(subject, Json(parameters));
  if (const auto* refused = std::get_if<Refused>(&used)) return refused->code;
  const auto& rendered = std::get<RenderedTemplate>(used);
  std::string text = rendered.header + "|" + rendered.body + "|" + rendered.footer;
  for (const std::string& button : rendered.buttons) text += "|" + button;
  for (const auto& card : rendered.cards)
    for (const std::string& line : card) text += "/" + line;
  return text;
}

TEST(UseTemplate, FillsInWhatFits) {
  EXPECT_EQ(Use(kVisit,
                R"([{"type":"HEADER","parameters":[{"type":"image","image":{"link":"https://i"}}]},
      {"type":"body","parameters":[{"type":"text","text":"Bob"},
       {"type":"date_time","date_time":{"fallback_value":"9:00"}}]},
      {"type":"button","sub_type":"URL","index":"1","parameters":[{"type":"text","text":"a"}]}])"),
            "[IMAGE]|Dear Bob, come at 9:00. Bob!|white|Yes|Map");
  EXPECT_EQ(Use(R"([{"type":"BODY","text":"Pay {{1}}"}])",
                R"([{"type":"body","parameters":[{"type":"currency","currency":
                    {"currency_code":"EUR","amount_1000":12500}}]}])"),
            "|Pay EUR 12.50|");
}

TEST(UseTemplate, RefusesWhatDoesNotFit) {
  const std::string_view body = R"([{"type":"BODY","text":"Hi {{1}}"}])";
  EXPECT_EQ(Use(body, "[]"), "132000");
  EXPECT_EQ(Use(body, "null"), "132000");
  EXPECT_EQ(Use(body, "{}"), "132012");
  EXPECT_EQ(Use(body, R"([{"type":"body","parameters":[{"type":"text","text":"a"},
                         {"type":"text","text":"b"}]}])"),
            "132000");
  EXPECT_EQ(Use(body, R"([{"type":"body","parameters":[{"type":"image","image":{"id":"1"}}]}])"),
            "132012");
  EXPECT_EQ(Use(body, R"([{"type":"body","parameters":[{"type":"text","text":"a"}]},
                         {"type":"header","parameters":[{"type":"text","text":"h"}]}])"),
            "132000");
  EXPECT_EQ(Use(body, R"([{"type":"body","parameters":[{"type":"text","text":"a"}]},
                         {"type":"button","index":0,"parameters":[]}])"),
            "132012");
  EXPECT_EQ(Use(body, R"([{"type":"body","parameters":[{"type":"text","text":")" +
                          std::string(5000, 'x') + R"("}]}])"),
            "132005");
  EXPECT_EQ(
      Use(kVisit, R"([{"type":"header","parameters":[{"type":"video","video":{"id":"1"}}]}])"),
      "132012");
}

TEST(UseTemplate, CountsTheCardsOfACarousel) {
  const std::string_view carousel =
      R"([{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[
          {"components":[{"type":"BODY","text":"Card {{1}}"},
           {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"More"}]}]},
          {"components":[{"type":"BODY","text":"Plain"}]}]}])";
  EXPECT_EQ(Use(carousel, R"([{"type":"CAROUSEL","cards":[{"card_index":0,"components":
      [{"type":"body","parameters":[{"type":"text","text":"one"}]}]},{"components":[]}]}])"),
            "|Look|/Card one/More/Plain");
  EXPECT_EQ(Use(carousel, R"([{"type":"carousel","cards":[{"components":[]}]}])"), "132000");
  EXPECT_EQ(Use(carousel, R"([{"type":"carousel","cards":[{},{}]}])"), "132000");
}

TEST(UseTemplate, KeepsThePayloadsOfQuickReplies) {
  const auto replies = [](std::string_view parameters) {
    Template subject;
    subject.components = Json(R"([{"type":"BODY","text":"b"},{"type":"BUTTONS","buttons":[
        {"type":"QUICK_REPLY","text":"Yes"},{"type":"QUICK_REPLY","text":"No"},
        {"type":"URL","text":"Map","url":"https://m"}]}])");
    const auto used = UseTemplate(subject, Json(parameters));
    const auto* rendered = std::get_if<RenderedTemplate>(&used);
    return rendered == nullptr ? std::vector<QuickReply>() : rendered->quick_replies;
  };
  EXPECT_EQ(replies("[]"), (std::vector<QuickReply>{{"Yes", "Yes"}, {"No", "No"}}));
  EXPECT_EQ(replies(R"([{"type":"button","sub_type":"QUICK_REPLY","index":"1",
                         "parameters":[{"type":"payload","payload":"never"}]}])"),
            (std::vector<QuickReply>{{"Yes", "Yes"}, {"never", "No"}}));
  EXPECT_THAT(replies(R"([{"type":"button","sub_type":"url","index":0,
                           "parameters":[{"type":"text","text":"x"}]}])"),
              IsEmpty());
  EXPECT_THAT(replies(R"([{"type":"button","sub_type":"quick_reply","index":0,"parameters":
                           [{"type":"payload","payload":")" +
                      std::string(257, 'x') + R"("}]}])"),
              IsEmpty());
}

TEST(UseTemplate, PutsTheCardsInTheOrderOfTheirIndex) {
  const std::string_view carousel =
      R"([{"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[
          {"components":[{"type":"BODY","text":"First {{1}}"}]},
          {"components":[{"type":"BODY","text":"Second {{1}}"}]}]}])";
  const auto with = [&](std::string_view first, std::string_view second) {
    const auto card = [](std::string_view index, std::string_view text) {
      return fmt::format(R"({{{}"components":[{{"type":"body","parameters":[
                          {{"type":"text","text":"{}"}}]}}]}})",
                         index, text);
    };
    return Use(carousel, fmt::format(R"([{{"type":"carousel","cards":[{},{}]}}])", card(first, "a"),
                                     card(second, "b")));
  };
  EXPECT_EQ(with(R"("card_index":1,)", R"("card_index":"0",)"), "|Look|/First b/Second a");
  EXPECT_EQ(with("", ""), "|Look|/First a/Second b");
  EXPECT_EQ(with("", R"("card_index":0,)"), "132012");
  EXPECT_EQ(with(R"("card_index":1,)", R"("card_index":2,)"), "132012");
  EXPECT_EQ(with(R"("card_index":-1,)", R"("card_index":1,)"), "132012");
  EXPECT_EQ(with(R"("card_index":"x",)", R"("card_index":1,)"), "132012");
}

TEST(FindTemplateToUse, TakesApprovedOnesOnly) {
  Templates::Shelf shelf;
  Template& hello = shelf[{"hello", "en"}].subject;
  const auto find = [&](std::string_view name, std::string_view language, std::string_view space) {
    return std::holds_alternative<const Template*>(
        FindTemplateToUse(shelf, kAnn, name, language, space));
  };
  EXPECT_FALSE(find("hello", "en", ""));
  hello.status = TemplateStatus::kApproved;
  EXPECT_TRUE(find("hello", "en", ""));
  EXPECT_TRUE(find("hello", "en", TemplateNamespaceOf(kAnn)));
  EXPECT_FALSE(find("hello", "en", TemplateNamespaceOf(kBob)));
  EXPECT_FALSE(find("hello", "de", ""));
  EXPECT_FALSE(find("bye", "en", ""));
}

}  // namespace
}  // namespace parley::sim::network
