// Every kind of message goes over to the network and comes back as it was.
#include "link/simulated/translate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/json.h"

namespace parley::link::simulated {
namespace {

constexpr char kMedia[] =
    R"({"id":"01a3185c-500a-7000-8000-000000000001","mime_type":"image/png","size":3,)"
    R"("sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
    R"("file_name":"a.png"})";
constexpr char kTarget[] = "01a3185c-500a-7000-8000-000000000002";

// One of each kind with every member; MEDIA and TARGET stand for the above.
const char* const kKinds[] = {
    R"({"kind":"text","body":"hi @15550002","mentions":["15550002"]})",
    R"({"kind":"image","media":MEDIA,"caption":"look","view_once":true,"mentions":["15550002"]})",
    R"({"kind":"video","media":MEDIA,"caption":"see","view_once":false,"mentions":["15550002"]})",
    R"({"kind":"audio","media":MEDIA,"voice":true,"view_once":true})",
    R"({"kind":"document","media":MEDIA,"file_name":"b.pdf","caption":"bill"})",
    R"({"kind":"sticker","media":MEDIA})",
    R"({"kind":"location","latitude":45.018337,"longitude":-73.968285,"name":"HQ",)"
    R"("address":"1 Street","url":"https://example.org"})",
    R"({"kind":"contacts","cards":[{"formatted_name":"John Smith","first_name":"John",)"
    R"("last_name":"Smith","middle_name":"A","prefix":"Lord","suffix":"Jr",)"
    R"("birthday":"2012-08-18","org":{"company":"C","department":"D","title":"T"},)"
    R"("addresses":[{"street":"1 Way","city":"M","state":"CA","zip":"9","country":"US",)"
    R"("country_code":"us","type":"HOME"}],"emails":[{"email":"a@b.c","type":"WORK"}],)"
    R"("urls":[{"url":"https://a.b","type":"WORK"}],)"
    R"("phones":[{"phone":"+1 650","type":"HOME","wa_id":"16505551234"}]}]})",
    R"({"kind":"poll","question":"When?","options":["Mon","Tue"],"multiple":true})",
    R"({"kind":"list","body":"Pick","button":"Open","sections":[{"title":"A",)"
    R"("rows":[{"id":"1","title":"One","description":"first"}]},)"
    R"({"title":"B","rows":[{"id":"2","title":"Two"}]}],"header":"H","footer":"F"})",
    R"({"kind":"buttons","body":"Sure?","buttons":[{"id":"y","title":"Yes"}],"header_text":"",)"
    R"("media_kind":"image","media":MEDIA,"footer":"F"})",
    R"({"kind":"location_request","body":"Where?"})",
    R"({"kind":"template","name":"promo","language":"en","namespace":"n","category":"MARKETING",)"
    R"("body":"Hello Bob","header":"","footer":"F","media_kind":"document","media":MEDIA,)"
    R"("components":[{"type":"body"}],"buttons":["Stop"]})",
    R"({"kind":"product","catalog_id":"c","product":"","sections":[{"title":"A",)"
    R"("products":["1","2"]}],"header":"H","body":"B","footer":"F"})",
    R"({"kind":"cta_url","body":"Look","button":"Open","url":"https://a.b/c","header_text":"",)"
    R"("media_kind":"video","media":MEDIA,"footer":"F"})",
    R"({"kind":"flow","body":"Fill","button":"Book","flow_id":"","flow_name":"n","token":"t",)"
    R"("draft":true,"data_exchange":false,"screen":"A","data":"{\"a\":1}","header_text":"H",)"
    R"("footer":"F"})",
    R"({"kind":"flow_reply","name":"flow","body":"Sent","response":"{\"flow_token\":\"t\"}"})",
    R"({"kind":"list_reply","id":"1","title":"One","description":"first"})",
    R"({"kind":"button_reply","id":"y","title":"Yes"})",
    R"({"kind":"reaction","target":"TARGET","emoji":"👍"})",
    R"({"kind":"edit","target":"TARGET","body":"better"})",
    R"({"kind":"delete","target":"TARGET"})",
    R"({"kind":"vote","target":"TARGET","options":["Mon"]})",
};

std::string Filled(std::string text) {
  const auto fill = [&text](std::string_view word, std::string_view with) {
    if (const std::size_t at = text.find(word); at != std::string::npos)
      text.replace(at, word.size(), with);
  };
  fill("MEDIA", kMedia);
  fill("TARGET", kTarget);
  return text;
}

core::Content Read(const std::string& text) {
  core::Content content;
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json && core::ReadJsonForm(*json, content)) << text;
  return content;
}

std::string Written(const core::Content& content) {
  std::string text;
  core::AppendJsonForm(text, content);
  return text;
}

TEST(Translation, EveryKindComesBackAsItWas) {
  std::set<core::ContentKind> seen;
  for (const char* form : kKinds) {
    const core::Content content = Read(Filled(form));
    seen.insert(core::KindOf(content));
    const auto there = ContentOf(content, "3EB0AB");
    ASSERT_TRUE(there) << form;
    EXPECT_TRUE(net::Check(*there)) << form;
    EXPECT_EQ(NameOf(net::KindOf(*there)), NameOf(core::KindOf(content)));
    auto back = ContentOf(*there, core::MediaOf(content));
    ASSERT_TRUE(back) << form;
    if (core::IsModifier(core::KindOf(content))) {
      EXPECT_EQ(*net::TargetOf(*there), "3EB0AB");
      EXPECT_EQ(core::TargetOf(*back), std::nullopt);
      core::SetTarget(*back, *core::TargetOf(content));
    }
    EXPECT_EQ(Written(*back), Written(content));
  }
  // Orders and what has no kind come from Meta alone.
  EXPECT_EQ(seen.size(), core::kContentKindNames.rows.size() - 2);
}

TEST(Translation, WhatTheNetworkCannotReadIsNotSent) {
  core::PollContent poll;
  poll.options.resize(13);
  EXPECT_EQ(ContentOf(core::Content(poll), ""), std::nullopt);
}

TEST(Translation, ALinkDeclaresWhatItsProfileMaySend) {
  const auto carries = [](net::Profile profile, core::ContentKind kind) {
    return CapabilitiesOf(profile).Carries(kind);
  };
  using core::ContentKind;
  for (const ContentKind kind : {ContentKind::kText, ContentKind::kSticker, ContentKind::kLocation,
                                 ContentKind::kContacts, ContentKind::kReaction}) {
    EXPECT_TRUE(carries(net::Profile::kPhone, kind));
    EXPECT_TRUE(carries(net::Profile::kBusiness, kind));
  }
  for (const ContentKind kind :
       {ContentKind::kPoll, ContentKind::kEdit, ContentKind::kDelete, ContentKind::kVote}) {
    EXPECT_TRUE(carries(net::Profile::kPhone, kind));
    EXPECT_FALSE(carries(net::Profile::kBusiness, kind));
  }
  for (const ContentKind kind :
       {ContentKind::kList, ContentKind::kButtons, ContentKind::kLocationRequest,
        ContentKind::kTemplate, ContentKind::kProduct, ContentKind::kCtaUrl, ContentKind::kFlow}) {
    EXPECT_FALSE(carries(net::Profile::kPhone, kind));
    EXPECT_TRUE(carries(net::Profile::kBusiness, kind));
  }
}

TEST(Translation, PicturesSayWhatTheyAre) {
  EXPECT_EQ(PictureTypeOf("\x89PNG\x0d\x0a\x1a\x0a"), "image/png");
  EXPECT_EQ(PictureTypeOf("GIF89a"), "image/gif");
  EXPECT_EQ(PictureTypeOf(std::string_view("RIFF\0\0\0\0WEBP", 12)), "image/webp");
  EXPECT_EQ(PictureTypeOf("RIFF"), "image/jpeg");
  EXPECT_EQ(PictureTypeOf("\xff\xd8\xff\xe0"), "image/jpeg");
}

}  // namespace
}  // namespace parley::link::simulated
